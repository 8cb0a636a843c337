import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { AllocationQueries } from './allocations.queries';
import { ReferralCommands } from './referrals.commands';

/** Milliseconds. Days change once a day, but nobody should have to wait for them. */
const lookEvery = 5_000;

/** Lets referrals lapse that nobody has answered in time. What is due is in the rows, so downtime only makes it late, and of several replicas one does it. */
@Injectable()
export class ReferralCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(
    private readonly queries: AllocationQueries,
    private readonly referrals: ReferralCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'referral-calendar.stumbled');
    this.worker = new Worker('referral-calendar', () => this.keep(), lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async keep(): Promise<boolean> {
    for (const allocationId of await this.queries.overdue())
      await withContext(freshContext(), () => this.referrals.lapseOverdue(allocationId)).catch((error: unknown) =>
        this.log.error({ allocationId, error: String(error) }, 'referral-calendar.allocation-failed'),
      );
    return false;
  }
}
