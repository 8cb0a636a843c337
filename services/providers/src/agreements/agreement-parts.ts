import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { AgreementService, Parts, Price } from './prices';

export async function partsOf({ query }: Work, agreementId: string): Promise<Parts> {
  const services = await query<AgreementService>(
    `select offer_id as "offerId", unit, ceiling_quantity as "ceilingQuantity", first_day as "from"
     from agreement_service where agreement_id = $1 order by offer_id`,
    [agreementId],
  );
  const prices = await query<Price>(
    `select offer_id as "offerId", unit, price_grosze::float8 as "priceGrosze", first_day as "from", last_day as "to"
     from agreement_price where agreement_id = $1 order by offer_id, first_day`,
    [agreementId],
  );
  return { services, prices };
}

/** The agreement is locked, so nobody else writes its parts. */
export function storeParts({ send }: Work, agreementId: string, { services, prices }: Parts): void {
  send('delete from agreement_service where agreement_id = $1', [agreementId]);
  send('delete from agreement_price where agreement_id = $1', [agreementId]);
  send(
    `insert into agreement_service (agreement_id, offer_id, unit, ceiling_quantity, first_day)
     select $1::uuid, "offerId", unit, "ceilingQuantity", "from"
     from jsonb_to_recordset($2::jsonb) as s("offerId" uuid, unit text, "ceilingQuantity" int, "from" date)`,
    [agreementId, JSON.stringify(services)],
  );
  send(
    `insert into agreement_price (agreement_id, offer_id, unit, price_grosze, first_day, last_day)
     select $1::uuid, "offerId", unit, "priceGrosze", "from", "to"
     from jsonb_to_recordset($2::jsonb) as p("offerId" uuid, unit text, "priceGrosze" bigint, "from" date, "to" date)`,
    [agreementId, JSON.stringify(prices)],
  );
}

/** Orders that are under way are worth what counts from now on: what is delivered at the prices of its days, the rest at the dearest. */
export function repriceDraws({ send }: Work, agreementId: string): void {
  send(
    `update agreement_draw d set delivered_grosze = n.delivered,
       ordered_grosze = n.delivered + (d.ordered - d.delivered) * n.dearest
     from (select w.order_id,
         coalesce((select sum(v.quantity * p.price_grosze) from delivery v join agreement_price p
            on p.agreement_id = w.agreement_id and p.offer_id = w.offer_id and p.first_day <= v.delivered_on
              and coalesce(p.last_day, 'infinity') >= v.delivered_on
          where v.order_id = w.order_id and v.state in ('RECORDED', 'ACCEPTED')), 0) as delivered,
         coalesce((select max(p.price_grosze) from agreement_price p
          where p.agreement_id = w.agreement_id and p.offer_id = w.offer_id and p.first_day <= o.last_day
            and coalesce(p.last_day, 'infinity') >= o.first_day), 0) as dearest
       from agreement_draw w join service_order o on o.id = w.order_id where w.agreement_id = $1) n
     where d.order_id = n.order_id`,
    [agreementId],
  );
}

/** The last day of the orders that are under way, and how far each ceiling falls short of what is drawn on it. */
export async function strainOf(
  { query }: Work,
  agreementId: string,
): Promise<{ lastDay: Day | null; overdrawn: boolean }> {
  const [strain] = await query<{ lastDay: Day | null; overdrawn: boolean }>(
    `select
       (select max(o.last_day) from agreement_draw d join service_order o on o.id = d.order_id
        where d.agreement_id = $1 and not d.given_back) as "lastDay",
       exists (select 1 from agreement a where a.id = $1 and a.ceiling_grosze <
           (select sum(d.ordered_grosze) from agreement_draw d where d.agreement_id = a.id))
         or exists (select 1 from agreement_service s where s.agreement_id = $1 and s.ceiling_quantity <
           (select sum(d.ordered) from agreement_draw d where d.agreement_id = s.agreement_id and d.offer_id = s.offer_id))
         as overdrawn`,
    [agreementId],
  );
  return strain ?? { lastDay: null, overdrawn: false };
}
