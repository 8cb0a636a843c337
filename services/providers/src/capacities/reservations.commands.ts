import type { Work } from '@okienko/messaging/unit-of-work';
import { Capacity } from './capacity';
import { recount, remove, removeExpired, removeHoldsOf, take, takeFirst } from './holds';
import type { Stretch, Unit } from './quotas';

interface Reserving extends Stretch {
  readonly id: string;
  readonly allocationId: string;
  readonly providerId: string;
  readonly offerId: string;
  readonly unit: Unit;
}

/**
 * Takes a place for the whole period of the order; what was held for its allocation becomes this place. Callers hold the order's row lock,
 * so locks are always taken in the order "order, capacity", and the order's id in the reservation lets it have one place only.
 */
export function reservePlace(work: Work, order: Reserving): Promise<void> {
  const wanted = { ...order, orderId: order.id, holderRef: order.allocationId };
  return takeFirst(work, wanted, async (capacity) => {
    await removeExpired(work, capacity);
    await removeHoldsOf(work, capacity, order.allocationId);
    await take(work, capacity, wanted, null);
    await work.save(capacity, capacity.reserved(order.id, order.to));
  });
}

/** The order takes less than before: its place is free on the other days. A change never asks for more than was granted, so there is nothing to be had. */
export async function shortenPlace(work: Work, { id, from, to, quantity }: Stretch & { id: string }): Promise<void> {
  const capacity = await work.load(Capacity, await capacityOf(work, id));
  const before = capacity.free;
  await work.query(
    `update capacity_reservation set first_day = greatest(first_day, $2), last_day = least(last_day, $3), quantity = least(quantity, $4)
     where order_id = $1`,
    [id, from, to, quantity],
  );
  await recount(work, capacity);
  if (capacity.free !== before) await work.save(capacity, capacity.recounted());
}

export async function releasePlace(work: Work, orderId: string): Promise<void> {
  const capacity = await work.load(Capacity, await capacityOf(work, orderId));
  await remove(work, capacity, 'ORDER', orderId);
  await work.save(capacity, capacity.released(orderId));
}

async function capacityOf({ query }: Work, orderId: string): Promise<string> {
  const [held] = await query<{ capacityId: string }>(
    'select capacity_id as "capacityId" from capacity_reservation where order_id = $1',
    [orderId],
  );
  if (!held) throw new Error('An order in work holds a place; this one holds none.');
  return held.capacityId;
}
