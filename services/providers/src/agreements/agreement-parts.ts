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
