import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { AllocationQueries } from './allocations.queries';
import { ReferralCommands } from './referrals.commands';

/** Lets referrals lapse that nobody has answered in time. What is due is in the rows, so downtime only makes it late, and of several replicas one does it. */
@Injectable()
export class ReferralCalendar extends Background {
  protected readonly name = 'referral-calendar';

  constructor(
    private readonly queries: AllocationQueries,
    private readonly referrals: ReferralCommands,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.each(await this.queries.overdue(), (allocationId) => this.referrals.lapseOverdue(allocationId));
    return false;
  }
}
