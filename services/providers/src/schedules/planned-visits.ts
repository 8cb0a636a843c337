import { dayOf } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { momentsOf } from './recurrence';
import type { VisitPlan, VisitSchedule } from './visit-schedule';

/** When visits are to begin, for the figures, which compare them with what was delivered: a plan replaces those from its first day on. */
export function keepPlannedVisits({ send }: Pick<Work, 'send'>, { id, to }: VisitSchedule, plan: VisitPlan): void {
  const moments = momentsOf(plan, plan.from, to);
  send('delete from planned_visit where order_id = $1 and day >= $2', [id, plan.from]);
  send(
    'insert into planned_visit (order_id, day, starts_at) select $1, * from unnest($2::date[], $3::timestamptz[]) on conflict do nothing',
    [id, moments.map(dayOf), moments.map((moment) => moment.toISOString())],
  );
}
