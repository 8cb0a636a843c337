import { DomainError } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { Capacity, type Taken } from './capacity';
import { HoldExpired, NoCapacityOpen } from './capacity-errors';
import type { Quota, Stretch, Unit } from './quotas';

/** A place that is wanted, for whom and for which days. `quantity` and `unit` are for the quotas: a hold takes one place. */
export interface Wanted extends Stretch {
  /** Who is to be served: the id of an allocation. */
  readonly holderRef: string;
  readonly providerId: string;
  readonly offerId: string;
  readonly unit: Unit;
  readonly orderId?: string;
}

export interface Hold {
  readonly id: string;
  readonly capacityId: string;
  /** Until then it must be confirmed; a confirmed one is kept until it is given back. */
  readonly expiresAt: Date | null;
}

/**
 * A hold is a row beside its capacity, made and counted under the capacity's row lock. Whoever asks next removes what has expired by the
 * database's clock, which all replicas share; and something is told only when another number of places is free.
 */
export function holdPlace(work: Work, wanted: Wanted, expiresAt: Date): Promise<Hold> {
  return takeFirst(work, wanted, (capacity) => holdIn(work, capacity, wanted, expiresAt));
}

export async function holdIn(work: Work, capacity: Capacity, wanted: Wanted, expiresAt: Date): Promise<Hold> {
  await removeExpired(work, capacity);
  const before = capacity.free;
  const id = await take(work, capacity, wanted, expiresAt);
  if (capacity.free !== before) await work.save(capacity, capacity.recounted());
  return { id, capacityId: capacity.id, expiresAt };
}

/** It is kept from now on. A hold that has expired is gone, even where its place is still free. Twice is like once. */
export async function confirmHold({ query }: Work, holdId: string): Promise<Hold> {
  const [confirmed] = await query<Hold>(
    `update capacity_reservation set expires_at = null
     where id = $1 and order_id is null and (expires_at is null or expires_at > clock_timestamp())
     returning id, capacity_id as "capacityId", expires_at as "expiresAt"`,
    [holdId],
  );
  if (!confirmed) throw new HoldExpired();
  return confirmed;
}

/** Gives a hold back, confirmed or not. One that is gone already is given back already. */
export async function releaseHold(work: Work, holdId: string): Promise<void> {
  const [held] = await work.query<{ capacityId: string }>(
    'select capacity_id as "capacityId" from capacity_reservation where id = $1 and order_id is null',
    [holdId],
  );
  if (!held) return;
  const capacity = await work.load(Capacity, held.capacityId);
  await removeAndTell(work, capacity, 'HOLD', holdId);
}

/** In the first capacity, in the order of ids, that covers the days and has a place; one where the holder has a place goes first. */
export async function takeFirst<T>(
  work: Work,
  { providerId, offerId, from, to, holderRef }: Wanted,
  attempt: (capacity: Capacity) => Promise<T>,
): Promise<T> {
  const covering = await work.query<{ id: string }>(
    `select id from capacity c
     where provider_id = $1 and offer_id = $2 and first_day <= $3 and last_day >= $4 and closed_on is null
     order by exists (select from capacity_reservation r where r.capacity_id = c.id and r.holder = $5) desc, id`,
    [providerId, offerId, from, to, holderRef],
  );
  let refusal: DomainError = new NoCapacityOpen();
  for (const { id } of covering) {
    try {
      return await attempt(await work.load(Capacity, id));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** Writes the row of a place that the capacity has to give. */
export async function take(work: Work, capacity: Capacity, wanted: Wanted, expiresAt: Date | null): Promise<string> {
  const { holderRef, from, to, quantity, unit, orderId = null } = wanted;
  const [taken] = await work.query<Taken>(
    `select taken_at_most($1, $2, $3) as "then", taken_at_most($1, '-infinity', 'infinity') as ever,
       (select count(*)::int + 1 from capacity_head where capacity_id = $1 and holder <> $4) as heads`,
    [capacity.id, from, to, holderRef],
  );
  for (const quota of capacity.quotas)
    if (quota.unit === unit) capacity.checkQuota(quota, wanted, await promised(work, capacity, quota, holderRef));
  capacity.take(wanted, taken as Taken);
  const id = uuidv7();
  work.send(
    `insert into capacity_reservation (id, capacity_id, holder, order_id, first_day, last_day, quantity, unit, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, capacity.id, holderRef, orderId, from, to, quantity, unit, expiresAt],
  );
  work.send('insert into capacity_head (capacity_id, holder) values ($1, $2) on conflict do nothing', [
    capacity.id,
    holderRef,
  ]);
  return id;
}

/** What a quota counts: places that are taken, and what was delivered under orders that have ended. */
function promised({ query }: Work, capacity: Capacity, { per, unit }: Quota, holder: string): Promise<Stretch[]> {
  const { id, providerId, offerId, from, to } = capacity;
  return query<Stretch>(
    `select first_day as "from", last_day as "to", quantity from capacity_reservation
     where capacity_id = $1 and unit = $2 and ($3::uuid is null or holder = $3)
     union all
     select d.delivered_on, d.delivered_on, d.quantity from delivery d join service_order o on o.id = d.order_id
     where o.provider_id = $4 and o.offer_id = $5 and d.unit = $2 and d.delivered_on between $6 and $7
       and ($3::uuid is null or o.allocation_id = $3) and d.state <> 'REJECTED'
       and not exists (select from capacity_reservation r where r.order_id = o.id)`,
    [id, unit, per === 'PERSON' ? holder : null, providerId, offerId, from, to],
  );
}

const gone = {
  EXPIRED: 'expires_at <= clock_timestamp() and $2::uuid is null',
  UNCONFIRMED: 'expires_at is not null and $2::uuid is null',
  HOLD: 'id = $2 and order_id is null',
  HOLDS_OF: 'holder = $2 and order_id is null',
  ORDER: 'order_id = $2',
};

/** Removes rows of a capacity that is locked, and counts what is free from then on; whoever was not served is not counted as a head. */
export async function remove(
  { query }: Work,
  capacity: Capacity,
  which: keyof typeof gone,
  id: string | null = null,
): Promise<void> {
  const removed = await query<{ holder: string | null }>(
    `delete from capacity_reservation where capacity_id = $1 and ${gone[which]} returning holder`,
    [capacity.id, id],
  );
  if (removed.length === 0) return;
  const { providerId, offerId, from, to } = capacity;
  await query(
    `delete from capacity_head h where capacity_id = $1 and holder = any ($2::uuid[])
       and not exists (select from capacity_reservation r where r.capacity_id = $1 and r.holder = h.holder)
       and not exists (select from service_order o join delivery d on d.order_id = o.id
                       where o.allocation_id = h.holder and o.provider_id = $3 and o.offer_id = $4
                         and d.delivered_on between $5 and $6 and d.state <> 'REJECTED')`,
    [capacity.id, removed.map(({ holder }) => holder), providerId, offerId, from, to],
  );
  await recount({ query }, capacity);
}

export async function recount({ query }: Pick<Work, 'query'>, capacity: Capacity): Promise<void> {
  const [left] = await query<{ ever: number }>(`select taken_at_most($1, '-infinity', 'infinity') as ever`, [
    capacity.id,
  ]);
  capacity.recount(left?.ever ?? 0);
}

async function removeAndTell(work: Work, capacity: Capacity, which: keyof typeof gone, id?: string): Promise<void> {
  const before = capacity.free;
  await remove(work, capacity, which, id);
  if (capacity.free !== before) await work.save(capacity, capacity.recounted());
}

export const removeExpired = (work: Work, capacity: Capacity): Promise<void> =>
  removeAndTell(work, capacity, 'EXPIRED');
/** What somebody held becomes the place of their order, or another's. */
export const removeHoldsOf = (work: Work, capacity: Capacity, holder: string): Promise<void> =>
  removeAndTell(work, capacity, 'HOLDS_OF', holder);
