import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { counts } from '../deliveries/recorded';

/** Callers hold the agreement's lock. */
export const valueOrder = ({ send }: Work, orderId: string): void => send(valueOf('w.order_id'), [orderId]);

/** Orders that are under way are worth what counts from now on. */
export const valueOrders = ({ send }: Work, agreementId: string): void =>
  send(valueOf('w.agreement_id'), [agreementId]);

/** Its calendar looks at it once more today. */
export const watchAgain = ({ send }: Work, agreementId: string): void =>
  send('update agreement set watched_on = null where id = $1', [agreementId]);

const price = `p.agreement_id = w.agreement_id and p.offer_id = w.offer_id and p.unit <> 'FLAT_SUM'`;

/**
 * What was delivered costs the price of its day, as a settlement pays it: of a visit in vain a part, half a grosz counting up. The rest, until
 * the order is over, is drawn at the dearest price of its period. A flat sum is drawn by the months of the agreement, not by orders.
 */
const valueOf = (which: 'w.order_id' | 'w.agreement_id'): string => `
  update agreement_draw d set delivered = n.delivered, delivered_grosze = n.grosze,
    ordered = n.delivered + n.rest, ordered_grosze = n.grosze + n.rest * n.dearest
  from (select w.order_id, v.delivered, v.grosze, x.dearest,
      case when w.given_back then 0 else greatest(o.quantity - v.delivered, 0) end as rest
    from agreement_draw w join agreement a on a.id = w.agreement_id join service_order o on o.id = w.order_id
    cross join lateral (
      select coalesce(sum(y.quantity), 0)::int as delivered,
        coalesce(sum(case y.outcome when 'CLIENT_ABSENT'
          then (2 * p.price_grosze * y.quantity * a.no_show_permille + 1000) / 2000
          else p.price_grosze * y.quantity end), 0)::bigint as grosze
      from (select * from delivery where order_id = w.order_id and ${counts}) y
      left join agreement_price p on ${price}
        and p.first_day <= y.delivered_on and coalesce(p.last_day, 'infinity') >= y.delivered_on) v
    cross join lateral (
      select coalesce(max(p.price_grosze), 0) as dearest from agreement_price p
      where ${price} and p.first_day <= o.last_day and coalesce(p.last_day, 'infinity') >= o.first_day) x
    where ${which} = $1) n
  where d.order_id = n.order_id`;

/** The last day of the orders that are under way, and whether what is drawn is more than a ceiling. */
export async function strainOf(
  { query }: Work,
  agreementId: string,
): Promise<{ lastDay: Day | null; overdrawn: boolean }> {
  const [strain] = await query<{ lastDay: Day | null; overdrawn: boolean }>(
    `select
       (select max(o.last_day) from agreement_draw d join service_order o on o.id = d.order_id
        where d.agreement_id = $1 and not d.given_back) as "lastDay",
       exists (select 1 from agreement a join agreement_use u on u.agreement_id = a.id
         where a.id = $1 and a.ceiling_grosze < u.ordered_grosze)
         or exists (select 1 from agreement_service s where s.agreement_id = $1 and s.ceiling_quantity <
           (select sum(d.ordered) from agreement_draw d where d.agreement_id = s.agreement_id and d.offer_id = s.offer_id))
         as overdrawn`,
    [agreementId],
  );
  return strain ?? { lastDay: null, overdrawn: false };
}
