import type { Principal } from '@okienko/chassis/access';
import { addDays, type Day } from '@okienko/contracts/calendar';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { oneRow } from '../rows.queries';
import { equal, visibleTo, where } from '../where';
import { SpanTooLong } from './schedule-errors';
import type { PerformerSpan, ScheduleView, VisitSpan, VisitView } from './schedules.dto';
import { type MadePlan, visitsOf } from './visit-schedule';

/** Days. */
const longestSpan = 92;

interface Scheduled {
  readonly id: string;
  readonly version: number;
  readonly allocationId: string;
  readonly plans: readonly MadePlan[];
  /** From when to when visits may be: of an order that pauses until then, of one that is over none. */
  readonly from: Day;
  readonly to: Day;
}

const select = `
  select o.id, coalesce(s.version, 0) as version, o.allocation_id as "allocationId", coalesce(s.plans, '[]') as plans,
    o.first_day as "from",
    case when o.state in ('DECLINED', 'COMPLETED', 'CANCELLED') then o.first_day - 1
         else least(o.last_day, o.suspended_from - 1) end as "to"
  from service_order o left join visit_schedule s on s.id = o.id`;

@Injectable()
export class ScheduleQueries {
  constructor(private readonly dataSource: DataSource) {}

  async ofOrder(orderId: string, span: VisitSpan, caller: Principal): Promise<ScheduleView> {
    assertSpan(span);
    const conditions = [equal('o.id', orderId), visibleTo(caller, 'o.provider_id')];
    const scheduled = await oneRow<Scheduled>(this.dataSource, 'service order', select, conditions);
    const { id, version, plans } = scheduled;
    return { id, version, plans, visits: visitsIn(scheduled, span) };
  }

  /** Whom a performer is to visit, over all orders that are in work. */
  async ofPerformer({ performerId, ...span }: PerformerSpan, caller: Principal): Promise<{ items: VisitView[] }> {
    assertSpan(span);
    const { text, values } = where([
      ['s.plans @> ?', JSON.stringify([{ performerId }])],
      ['o.first_day <= ?', span.to],
      ['o.last_day >= ?', span.from],
      visibleTo(caller, 'o.provider_id'),
    ]);
    const inWork = `${select} ${text} and o.state in ('ACCEPTED', 'IN_DELIVERY', 'SUSPENDED') order by o.id`;
    const scheduled = await this.dataSource.query<Scheduled[]>(inWork, values);
    const items = scheduled.flatMap((one) => visitsIn(one, span)).filter((visit) => visit.performerId === performerId);
    return { items: items.sort((one, other) => (one.startsAt < other.startsAt ? -1 : 1)) };
  }
}

function visitsIn({ id: orderId, allocationId, plans, from, to }: Scheduled, span: VisitSpan): VisitView[] {
  const visits = visitsOf(plans, span.from > from ? span.from : from, span.to < to ? span.to : to);
  return visits.map((visit) => ({ orderId, allocationId, ...visit }));
}

function assertSpan({ from, to }: VisitSpan): void {
  if (to < from || addDays(from, longestSpan) < to) throw new SpanTooLong(longestSpan);
}
