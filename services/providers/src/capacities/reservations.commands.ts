import type { Work } from '@okienko/messaging/unit-of-work';
import { Capacity } from './capacity';
import { remove, removeExpired, removeHoldsOf, take, takeFirst } from './holds';
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

export async function releasePlace(work: Work, orderId: string): Promise<void> {
  const [held] = await work.query<{ capacityId: string }>(
    'select capacity_id as "capacityId" from capacity_reservation where order_id = $1',
    [orderId],
  );
  if (!held) throw new Error('An order in work holds a place; this one holds none.');
  const capacity = await work.load(Capacity, held.capacityId);
  await remove(work, capacity, 'ORDER', orderId);
  await work.save(capacity, capacity.released(orderId));
}
