import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { countCaseLoad } from '../case-load/case-load-counts';
import { daysOf, halfYearBefore } from '../case-load/period';
import { fulfilUnitDuty, unitWithPlans } from '../deadlines/unit-duties';
import { assertOver, PlansSummary, PlansSummaryExists } from './plans-summary';
import type { GeneratePlansSummary } from './plans-summaries.dto';

@Injectable()
export class PlansSummaryCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Takes the figures once and for all; the next summary is owed six months from today. */
  async generate({ unit: named, halfYear }: GeneratePlansSummary, caller: Principal): Promise<Changed> {
    const now = this.clock.now();
    const today = dayOf(now);
    const period = halfYear ?? halfYearBefore(today);
    assertOver(period, today);
    try {
      return await this.work.run(async (work) => {
        const unit = await unitWithPlans(work, caller, named);
        const figures = await countCaseLoad(work.query, { unit: unit.unit, today, ...daysOf(period) });
        const summary = PlansSummary.generate(uuidv7(), unit, period, figures, caller.sub, now);
        fulfilUnitDuty(work, 'PLANS_SUMMARY', unit, today);
        await work.save(summary, summary.generated());
        return { id: summary.id, version: summary.version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'one_summary_of_a_half_year') ? new PlansSummaryExists() : error;
    }
  }
}
