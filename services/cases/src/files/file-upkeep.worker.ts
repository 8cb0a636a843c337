import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { FileUpkeepCommands } from './file-upkeep.commands';

/** Milliseconds between two looks when there is nothing to do, or when a scanner or store does not answer. */
const lookEvery = 5_000;

@Injectable()
export class FileUpkeep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly workers: readonly Worker[];

  constructor(
    files: FileUpkeepCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.workers = [
      new Worker('file-scan', () => this.patiently('scan', () => files.scanNext()), lookEvery),
      new Worker('file-sweep', () => this.patiently('sweep', () => files.sweepNext()), lookEvery),
    ];
  }

  onApplicationBootstrap(): void {
    for (const worker of this.workers) worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
  }

  private async patiently(what: string, act: () => Promise<boolean>): Promise<boolean> {
    try {
      return await withContext(freshContext(), act);
    } catch (error) {
      this.log.warn({ what, error: String(error) }, 'file-upkeep.stumbled');
      return false;
    }
  }
}
