import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { StaleVersion } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { keepAct } from '../access/keep-act';
import { loadOrder } from '../deliveries/deliveries.commands';
import { assertMayPerform } from '../performers/performer-standing';
import type { PlanVisits } from './schedules.dto';
import { type VisitPlan, VisitSchedule } from './visit-schedule';
import { keepPlannedVisits } from './planned-visits';

@Injectable()
export class ScheduleCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The first plan is made of version 0. The order's lock makes it the only first one. */
  plan(orderId: string, expectedVersion: number, body: PlanVisits, caller: Principal): Promise<Changed> {
    const plan = planOf(body);
    return this.work.run(async (work) => {
      const order = await loadOrder(work, orderId, caller);
      const [known] = await work.query('select 1 from visit_schedule where id = $1', [orderId]);
      if (!known && expectedVersion !== 0) throw new StaleVersion(expectedVersion, 0);
      const schedule = known ? await work.load(VisitSchedule, orderId, expectedVersion) : VisitSchedule.of(order);
      const planned = schedule.plan(order, plan, caller.sub, this.clock.now());
      const { performerId, from: on } = plan;
      const { providerId, offerId, allocationId } = order;
      if (performerId !== null) await assertMayPerform(work, { performerId, providerId, offerId, on, allocationId });
      keepAct(work, caller, this.clock, { providerId, act: 'PLAN_VISITS', subjectId: orderId });
      keepPlannedVisits(work, schedule, plan);
      await work.save(schedule, planned);
      return { id: orderId, version: schedule.version };
    });
  }
}

const planOf = ({ exceptDays, extra, performerId, placeId, ...rest }: PlanVisits): VisitPlan => ({
  ...rest,
  exceptDays: exceptDays ?? [],
  extra: extra ?? [],
  performerId: performerId ?? null,
  placeId: placeId ?? null,
});
