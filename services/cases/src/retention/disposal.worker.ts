import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { DisposalRun } from './disposal-run.commands';

const atOnce = 50;

/** Carries out approved disposals, from wherever they were left. */
@Injectable()
export class DisposalWorker extends Background {
  protected readonly name = 'disposal';
  protected override readonly lookEvery = 1_000;

  constructor(private readonly run: DisposalRun) {
    super();
  }

  /** A file that fails holds up no other, and is tried again with the next look. */
  protected async keep(): Promise<boolean> {
    let done = 0;
    const files = await this.run.next(atOnce);
    await this.each(files, async (file) => {
      await this.run.disposeOf(file);
      done += 1;
    });
    return (await this.run.concludeNext()) || done > 0;
  }
}
