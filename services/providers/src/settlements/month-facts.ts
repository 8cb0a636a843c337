import type { AgreementTerms } from './agreement-terms';
import type { Held } from './ceiling';
import type { MonthFacts } from './computation';
import type { DueDelivery } from './delivery-lines';
import type { Neighbour } from './in-turn';
import { lastDayOf, type Month } from './month';
import type { Cost } from './month-lines';

type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

/** What the settlement of a month follows from, from the tables, a day of deliveries at a time. */
export function monthFacts(
  query: Query,
  terms: AgreementTerms,
  month: Month,
  neighbours: readonly Neighbour[],
  costs: readonly Cost[],
): MonthFacts {
  const earlier = neighbours.filter((neighbour) => neighbour.month < month);
  return {
    terms,
    month,
    earlier: earlier.at(-1)?.month,
    held: heldBy(earlier),
    costs,
    deliveries: deliveriesOf(query, terms.agreementId, month),
  };
}

export function heldBy(earlier: readonly Pick<Neighbour, 'held'>[]): Held[] {
  const offers = new Map<string, Held>();
  for (const { offerId, due, cut } of earlier.flatMap(({ held }) => held)) {
    const before = offers.get(offerId);
    offers.set(offerId, { offerId, due: (before?.due ?? 0) + due, cut: (before?.cut ?? 0) + cut });
  }
  return [...offers.values()].sort((one, other) => (one.offerId < other.offerId ? -1 : 1));
}

async function* deliveriesOf(query: Query, agreementId: string, month: Month): AsyncGenerator<DueDelivery[]> {
  // The lines grow meanwhile: a plan that was made when there were few would be kept for many.
  await query('set local plan_cache_mode = force_custom_plan');
  const days = await query<{ day: string }>(daysToSettle, [agreementId, month, lastDayOf(month)]);
  for (const { day } of days) yield await query<DueDelivery>(deliveriesOfDay, [agreementId, month, day]);
}

// Days with a delivery that settlements before $2 do not hold as it is now.
const daysToSettle = `
  with held as (
    select l.delivery_id, sum(l.quantity) as quantity, (array_agg(l.outcome order by s.month desc, l.no desc))[1] as outcome
    from settlement s join settlement_line l on l.settlement_id = s.id
    where s.agreement_id = $1 and s.month < $2 and l.delivery_id is not null
    group by l.delivery_id)
  select distinct d.delivered_on as day
  from agreement_draw w join delivery d on d.order_id = w.order_id left join held h on h.delivery_id = d.id
  where w.agreement_id = $1 and d.delivered_on <= $3
    and case when d.state = 'ACCEPTED' then h.quantity is distinct from d.quantity or h.outcome is distinct from d.outcome
             else h.quantity <> 0 end
  order by day`;

// The last line of a delivery stands, unless it took the one before it back. Lines are looked up for the day at once: of a table that
// nobody has analysed yet, a look-up for each delivery could read the whole.
const deliveriesOfDay = `
  with due as materialized (
    select d.id, w.offer_id as "offerId", d.delivered_on as day, d.quantity, d.unit, d.outcome, d.state = 'ACCEPTED' as accepted
    from delivery d join agreement_draw w on w.order_id = d.order_id
    where w.agreement_id = $1 and d.delivered_on = $3),
  held as (
    select distinct on (l.delivery_id) l.delivery_id as id, l.settlement_id as "settlementId", l.day, l.offer_id as "offerId",
      l.unit, l.quantity, l.price_grosze as "priceGrosze", l.part, l.whole, l.grosze, l.outcome
    from settlement s join settlement_line l on l.settlement_id = s.id
    where s.agreement_id = $1 and s.month < $2 and l.delivery_id in (select id from due)
    order by l.delivery_id, s.month desc, l.no desc)
  select due.*, case when held.quantity > 0 then to_jsonb(held) - 'id' end as held
  from due left join held on held.id = due.id
  order by due.id`;
