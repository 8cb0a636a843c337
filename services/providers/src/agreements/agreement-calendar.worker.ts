import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { AgreementCalendarCommands } from './agreement-calendar.commands';

/** Milliseconds. Days change once a day, but what is due after a downtime should not wait. */
const lookEvery = 5_000;

/**
 * Leads agreements through their days, and warns of ends, gaps and ceilings. When each was looked at is in its row, so a week of downtime
 * only makes it late, and of several replicas each looks at what the others do not.
 */
@Injectable()
export class AgreementCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(
    private readonly agreements: AgreementCalendarCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'agreement-calendar.stumbled');
    const watch = (): Promise<boolean> => withContext(freshContext(), () => this.agreements.watch());
    this.worker = new Worker('agreement-calendar', watch, lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }
}
