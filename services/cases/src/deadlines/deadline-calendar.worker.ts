import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { DeadlineCommands } from './deadlines.commands';

/** Milliseconds. Days change once a day, but what is due after a downtime should not wait. */
const lookEvery = 5_000;

/**
 * Tells when deadlines approach, are reached and are missed. What has been told is in the rows themselves, so a week of downtime only makes
 * it late, and of several replicas each tells what the others do not.
 */
@Injectable()
export class DeadlineCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;
  private dutiesStartedOn: Day | undefined;

  constructor(
    private readonly deadlines: DeadlineCommands,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'deadlines.stumbled');
    this.worker = new Worker(
      'deadline-calendar',
      () => withContext(freshContext(), () => this.keep()),
      lookEvery,
      onError,
    );
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async keep(): Promise<boolean> {
    const today = dayOf(this.clock.now());
    if (today !== this.dutiesStartedOn) await this.deadlines.startUnitDuties();
    this.dutiesStartedOn = today;
    return this.deadlines.tell();
  }
}
