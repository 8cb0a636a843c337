import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { ImportRun } from './import-run.commands';

/** Takes files over in the background. A replica that is killed lets go of its import with its connection, and the next one goes on. */
@Injectable()
export class ImportWorker extends Background {
  protected readonly name = 'imports';
  protected override readonly lookEvery = 1_000;

  constructor(private readonly run: ImportRun) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.run.next();
  }
}
