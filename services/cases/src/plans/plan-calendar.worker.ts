import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { PlanExecutionCommands } from './plan-execution.commands';
import { PlanQueries } from './plans.queries';

/** Milliseconds. Days change once a day, but nobody should have to wait for them. */
const lookEvery = 5_000;

/**
 * Activates approved plans on their first day. What is due is in the rows themselves, so a week of downtime only makes it late, and of
 * several replicas the first does it. The end of the period ends nothing: its deadline tells, and a coordinator ends the plan.
 */
@Injectable()
export class PlanCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(
    private readonly queries: PlanQueries,
    private readonly plans: PlanExecutionCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'plan-calendar.stumbled');
    this.worker = new Worker('plan-calendar', () => this.keep(), lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async keep(): Promise<boolean> {
    for (const planId of await this.queries.toBegin())
      await withContext(freshContext(), () => this.plans.activate(planId)).catch((error: unknown) =>
        this.log.error({ planId, error: String(error) }, 'plan-calendar.plan-failed'),
      );
    return false;
  }
}
