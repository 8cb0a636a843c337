import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { PlanExecutionCommands } from './plan-execution.commands';
import { PlanQueries } from './plans.queries';

/**
 * Activates approved plans on their first day. What is due is in the rows themselves, so a week of downtime only makes it late, and of
 * several replicas the first does it. The end of the period ends nothing: its deadline tells, and a coordinator ends the plan.
 */
@Injectable()
export class PlanCalendar extends Background {
  protected readonly name = 'plan-calendar';

  constructor(
    private readonly queries: PlanQueries,
    private readonly plans: PlanExecutionCommands,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.each(await this.queries.toBegin(), (planId) => this.plans.activate(planId));
    return false;
  }
}
