import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { ProgrammeCommands } from './programmes.commands';
import { ProgrammeQueries } from './programmes.queries';

/** Milliseconds. Days change once a day, but nobody should have to wait for them. */
const lookEvery = 5_000;

/**
 * Puts programmes into force, ends them on their days, and tells when their closing information is due and overdue. What is due is in the
 * rows themselves, so a week of downtime only makes it late, and of several replicas the first does it.
 */
@Injectable()
export class ProgrammeCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(
    private readonly queries: ProgrammeQueries,
    private readonly programmes: ProgrammeCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'calendar.stumbled');
    this.worker = new Worker('programme-calendar', () => this.keep(), lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async keep(): Promise<boolean> {
    for (const programmeId of await this.queries.due())
      await withContext(freshContext(), () => this.programmes.keepCalendar(programmeId)).catch((error: unknown) =>
        this.log.error({ programmeId, error: String(error) }, 'calendar.programme-failed'),
      );
    return false;
  }
}
