import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { ProviderKind } from '../providers/provider-details';
import { agreementTermsOn } from '../terms/agreement-terms';
import { Agreement } from './agreement';
import { CeilingExhausted, NotCovered } from './agreement-errors';
import { valueOrder, watchAgain } from './draws';
import type { Unit } from './prices';
import { isInternal } from './selection';

/** The agreement under which an order is performed. */
export interface Cover {
  readonly agreementId: string;
  readonly offerId: string;
  readonly answerDays: number | null;
  readonly unit: Unit;
}

interface Wanted {
  readonly providerId: string;
  readonly offerId: string;
  readonly from: Day;
  readonly to: Day;
  /** Not asked for when it is not known yet. */
  readonly unit?: Unit;
}

/** The agreement in force that covers a service for a whole period; undefined where none is needed. Throws NotCovered. */
export async function coverOf({ query }: Work, wanted: Wanted): Promise<Cover | undefined> {
  const { providerId, offerId, from, to, unit = null } = wanted;
  const [cover] = await query<Cover>(covering, [providerId, offerId, from, to, unit]);
  if (cover || from < agreementTermsOn(from).requiredFrom) return cover;
  const [provider] = await query<{ kind: ProviderKind }>('select kind from provider where id = $1', [providerId]);
  if (provider && isInternal(provider.kind)) return undefined;
  throw new NotCovered();
}

// Signed agreements with one provider never overlap for a service, so there is one at most.
const covering = `
  select a.id as "agreementId", s.offer_id as "offerId", a.answer_days as "answerDays", s.unit
  from agreement a join agreement_service s on s.agreement_id = a.id
  where a.provider_id = $1 and s.offer_id = $2 and coalesce(s.first_day, a.first_day) <= $3 and a.last_day >= $4
    and s.unit = coalesce($5, s.unit) and a.state in ('SIGNED', 'ACTIVE')`;

interface Ordered {
  readonly id: string;
  readonly quantity: number;
  readonly from: Day;
  readonly to: Day;
}

/**
 * An accepted order draws on its agreement, at the dearest price of its period, under the agreement's lock: no number of acceptances
 * at once goes beyond a ceiling. Callers hold the order's lock, and take that of a capacity later.
 */
export async function drawOrder(work: Work, { agreementId, offerId }: Cover, order: Ordered): Promise<void> {
  const agreement = await work.load(Agreement, agreementId);
  if (!agreement.takesOrders(order.from, order.to)) throw new NotCovered();
  const [use] = await work.query<Use>(useOf, [agreementId, offerId, order.from, order.to]);
  if (!use) throw new NotCovered();
  const grosze = order.quantity * use.dearest;
  const { ceilingQuantity } = use;
  if (ceilingQuantity !== null && use.ordered + order.quantity > ceilingQuantity)
    throw new CeilingExhausted(`${Math.max(0, ceilingQuantity - use.ordered)} ${use.unit}`);
  if (agreement.ceilingGrosze !== null && use.orderedGrosze + grosze > agreement.ceilingGrosze)
    throw new CeilingExhausted(`${Math.max(0, agreement.ceilingGrosze - use.orderedGrosze)} gr`);
  work.send(
    'insert into agreement_draw (order_id, agreement_id, offer_id, ordered, ordered_grosze) values ($1, $2, $3, $4, $5)',
    [order.id, agreementId, offerId, order.quantity, grosze],
  );
  watchAgain(work, agreementId);
}

interface Use {
  readonly unit: Unit;
  readonly ceilingQuantity: number | null;
  readonly ordered: number;
  readonly orderedGrosze: number;
  readonly dearest: number;
}

// Sums are told as float8, which holds every amount below a ceiling exactly and is a number here.
const useOf = `
  select s.unit, s.ceiling_quantity as "ceilingQuantity",
    (select coalesce(sum(d.ordered), 0)::float8 from agreement_draw d
     where d.agreement_id = s.agreement_id and d.offer_id = s.offer_id) as ordered,
    (select u.ordered_grosze::float8 from agreement_use u where u.agreement_id = s.agreement_id) as "orderedGrosze",
    (select coalesce(max(p.price_grosze), 0)::float8 from agreement_price p
     where p.agreement_id = s.agreement_id and p.offer_id = s.offer_id and p.unit <> 'FLAT_SUM'
       and p.first_day <= $4 and coalesce(p.last_day, 'infinity') >= $3) as dearest
  from agreement_service s where s.agreement_id = $1 and s.offer_id = $2`;

/**
 * What an order draws once its deliveries are others. Nobody is refused any more: they took place, more than was ordered by a permit. What
 * that draws beyond a ceiling is warned of, and settlements cut it off until the ceiling is raised.
 */
export async function drawDelivered(work: Work, orderIds: readonly string[]): Promise<void> {
  const draws = await work.query<{ orderId: string; agreementId: string }>(
    `select order_id as "orderId", agreement_id as "agreementId" from agreement_draw where order_id = any ($1::uuid[])
     order by agreement_id, order_id`,
    [orderIds],
  );
  for (const { orderId, agreementId } of draws) {
    await work.load(Agreement, agreementId);
    valueOrder(work, orderId);
  }
}

/** The same once its terms are others: both sides have agreed to them, and `cases` has said so. */
export async function drawChanged(work: Work, orderId: string): Promise<void> {
  const agreementId = await lockAgreement(work, orderId);
  if (agreementId === undefined) return;
  valueOrder(work, orderId);
  watchAgain(work, agreementId);
}

/** The order is over: what was ordered and not delivered is free again. */
export async function giveBack(work: Work, orderId: string): Promise<void> {
  if ((await lockAgreement(work, orderId)) === undefined) return;
  work.send('update agreement_draw set given_back = true where order_id = $1', [orderId]);
  valueOrder(work, orderId);
}

async function lockAgreement({ load, query }: Work, orderId: string): Promise<string | undefined> {
  const [draw] = await query<{ id: string }>('select agreement_id as id from agreement_draw where order_id = $1', [
    orderId,
  ]);
  return draw && (await load(Agreement, draw.id)).id;
}
