import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { Worker } from '@okienko/messaging/worker';
import { ImportRun } from './import-run.commands';

/** Milliseconds between two looks when no import is running. */
const lookEvery = 1_000;

/** Takes files over in the background. A replica that is killed lets go of its import with its connection, and the next one goes on. */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(run: ImportRun, @Inject(LOGGER) log: Logger) {
    const onError = (error: unknown): void => log.warn({ error: String(error) }, 'imports.stumbled');
    this.worker = new Worker('imports', () => run.next(), lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }
}
