import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { AgreementTerms } from './agreement-terms';
import { lastDayOf, type Month } from './month';
import type { Settlement } from './settlement';
import type { Line } from './settlement-line';

export interface SettledAgreement extends AgreementTerms {
  readonly number: string | null;
  readonly state: string;
  readonly gmina: string | null;
}

// One statement, so that all of it is of one moment.
const agreement = `
  select a.id as "agreementId", a.provider_id as "providerId", a.number, a.state, a.gmina, a.first_day as "from", a.last_day as "to",
    a.ceiling_grosze::float8 as "ceilingGrosze", a.no_show_permille as "noShowPermille", a.funding,
    coalesce((select jsonb_agg(jsonb_build_object('offerId', s.offer_id, 'unit', s.unit) order by s.offer_id)
      from agreement_service s where s.agreement_id = a.id), '[]') as services,
    coalesce((select jsonb_agg(jsonb_build_object('offerId', p.offer_id, 'unit', p.unit, 'grosze', p.price_grosze,
        'from', p.first_day, 'to', p.last_day) order by p.offer_id, p.first_day)
      from agreement_price p where p.agreement_id = a.id), '[]') as prices
  from agreement a where a.id = $1`;

export async function agreementOf(query: Work['query'], id: string): Promise<SettledAgreement> {
  const [found] = await query<SettledAgreement>(agreement, [id]);
  if (!found) throw new NotFound('agreement');
  return found;
}

const insertLines = `
  insert into settlement_line (settlement_id, no, rule, day, offer_id, unit, quantity, price_grosze, part, whole, grosze,
    delivery_id, outcome, corrects, category)
  select $1, $2::int + n, rule, day, "offerId", unit, quantity, "priceGrosze", part, whole, grosze, "deliveryId", outcome, corrects, category
  from rows from (jsonb_to_recordset($3::jsonb) as (rule text, day date, "offerId" uuid, unit text, quantity int,
    "priceGrosze" bigint, part int, whole int, grosze bigint, "deliveryId" uuid, outcome text, corrects uuid, category text))
    with ordinality as line (rule, day, "offerId", unit, quantity, "priceGrosze", part, whole, grosze, "deliveryId", outcome,
      corrects, category, n)`;

/** Keeps lines under their numbers as they come. */
export function lineKeeper({ query }: Work, settlementId: string): (lines: readonly Line[]) => Promise<void> {
  let kept = 0;
  return async (lines) => {
    await query(insertLines, [settlementId, kept, JSON.stringify(lines)]);
    kept += lines.length;
  };
}

/**
 * Handed in: no amendment counts in the month any more, under the agreement's lock, so none is under way; deliveries know by which settlement
 * they are, and are not changed in it.
 */
export async function closeMonth({ query }: Work, agreementId: string, month: Month): Promise<void> {
  await query('update agreement set settled_until = greatest(settled_until, $2) where id = $1', [
    agreementId,
    lastDayOf(month),
  ]);
}

export function markDeliveries({ send }: Work, settlementId: string): void {
  send(
    `update delivery d set settlement_id = $1
     from settlement_line l where l.settlement_id = $1 and l.delivery_id = d.id`,
    [settlementId],
  );
}

/** Returned: prices and deliveries may be put right again, back to the month that was handed in before. */
export function reopenMonth({ send }: Work, { id, agreementId }: Settlement, before: Month | undefined): void {
  send('update agreement set settled_until = $2 where id = $1', [
    agreementId,
    before === undefined ? null : lastDayOf(before),
  ]);
  send(
    `update delivery d set settlement_id = null
     from settlement_line l where l.settlement_id = $1 and l.delivery_id = d.id`,
    [id],
  );
}
