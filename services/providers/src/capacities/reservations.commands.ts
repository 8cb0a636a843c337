import type { Work } from '@okienko/messaging/unit-of-work';
import { Capacity, NoCapacityOpen } from './capacity';

interface Reserving {
  readonly id: string;
  readonly providerId: string;
  readonly offerId: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Takes a place for the whole period of the order. Callers hold the order's row lock, so locks are always taken in the
 * order "order, capacity", and the primary key of the reservation lets an order have one place only.
 */
export async function reservePlace({ load, save, query }: Work, order: Reserving): Promise<void> {
  const [found] = await query<{ id: string }>(
    `select id from capacity
     where provider_id = $1 and offer_id = $2 and first_day <= $3 and last_day >= $4`,
    [order.providerId, order.offerId, order.from, order.to],
  );
  if (!found) throw new NoCapacityOpen();
  const capacity = await load(Capacity, found.id);
  await save(capacity, capacity.reserve(order.id, order.to));
  await query('insert into capacity_reservation (order_id, capacity_id) values ($1, $2)', [order.id, capacity.id]);
}

export async function releasePlace({ load, save, query }: Work, orderId: string): Promise<void> {
  const [freed] = await query<{ capacityId: string }>(
    'delete from capacity_reservation where order_id = $1 returning capacity_id as "capacityId"',
    [orderId],
  );
  if (!freed) throw new Error('An order in work holds a place; this one holds none.');
  const capacity = await load(Capacity, freed.capacityId);
  await save(capacity, capacity.release(orderId));
}
