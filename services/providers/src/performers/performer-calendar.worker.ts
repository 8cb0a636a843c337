import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { PerformerProofCommands } from './performer-proofs.commands';

/** Milliseconds. Days change once a day, but what is due after a downtime should not wait. */
const lookEvery = 5_000;

/**
 * Warns of qualifications and conditions that run out. What has been told is in the rows themselves, so a week of downtime only makes it
 * late, and of several replicas each tells what the others do not.
 */
@Injectable()
export class PerformerCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(proofs: PerformerProofCommands, @Inject(LOGGER) log: Logger) {
    const onError = (error: unknown): void => log.warn({ error: String(error) }, 'performer-calendar.stumbled');
    const keep = (): Promise<boolean> => withContext(freshContext(), () => proofs.warn());
    this.worker = new Worker('performer-calendar', keep, lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }
}
