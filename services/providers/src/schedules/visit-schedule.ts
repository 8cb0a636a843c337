import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { visitSchedulePlannedV1 } from '@okienko/contracts/providers/visit-schedule-planned.v1';
import type { ServiceOrder } from '../service-orders/service-order';
import { momentsOf, type Recurrence } from './recurrence';
import { PlannedOutsidePeriod, TooManyPlans } from './schedule-errors';

/** What is planned from a day on, until another plan is. */
export interface VisitPlan extends Recurrence {
  readonly minutes: number;
  /** Units of the order that a visit is to bring. */
  readonly quantity: number;
  readonly performerId: string | null;
  readonly placeId: string | null;
}

/** A plan, and who made it. */
export interface MadePlan extends VisitPlan {
  readonly plannedBy: string;
  readonly plannedAt: string;
}

export interface PlannedVisit {
  readonly day: Day;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly quantity: number;
  readonly performerId: string | null;
  readonly placeId: string | null;
}

const mostPlans = 200;

/** When an order is to be delivered. Its visits are reckoned from its plans and never stored. */
export class VisitSchedule {
  private constructor(
    /** The id of the order. */
    readonly id: string,
    readonly version: number,
    readonly allocationId: string,
    readonly providerId: string,
    readonly gmina: string | null,
    readonly from: Day,
    readonly to: Day,
    /** In the order in which they were made; none is ever taken away. */
    public plans: readonly MadePlan[],
  ) {}

  static of({ id, allocationId, providerId, gmina, from, to }: ServiceOrder): VisitSchedule {
    return new VisitSchedule(id, 0, allocationId, providerId, gmina, from, to, []);
  }

  plan(order: ServiceOrder, plan: VisitPlan, by: string, at: Date): DomainEvent<typeof visitSchedulePlannedV1> {
    if (order.isOver) throw new NotInState('service order', 'planned', 'over');
    if (plan.from < this.from || plan.from > this.to) throw new PlannedOutsidePeriod(this.from, this.to);
    if (this.plans.length === mostPlans) throw new TooManyPlans(mostPlans);
    const visits = momentsOf(plan, plan.from, this.to).length;
    this.plans = [...this.plans, { ...plan, plannedBy: by, plannedAt: at.toISOString() }];
    const { id: orderId, allocationId, providerId } = this;
    const data = { orderId, allocationId, providerId, from: plan.from, visits };
    return event(visitSchedulePlannedV1, this.id, data, this.gmina ?? undefined);
  }
}

/** The visits of these days: on each by the last plan that was made for it. */
export function visitsOf(plans: readonly MadePlan[], from: Day, to: Day): PlannedVisit[] {
  return plans
    .flatMap((plan, index) => {
      const next = plans
        .slice(index + 1)
        .reduce((first, later) => (later.from < first ? later.from : first), '9999-12-31');
      const last = addDays(next, -1);
      if (plan.from > last) return [];
      return momentsOf(plan, from, last < to ? last : to).map((moment) => visit(plan, moment));
    })
    .sort((one, other) => (one.startsAt < other.startsAt ? -1 : 1));
}

function visit({ minutes, quantity, performerId, placeId }: VisitPlan, moment: Date): PlannedVisit {
  const endsAt = new Date(moment.getTime() + minutes * 60_000).toISOString();
  return { day: dayOf(moment), startsAt: moment.toISOString(), endsAt, quantity, performerId, placeId };
}
