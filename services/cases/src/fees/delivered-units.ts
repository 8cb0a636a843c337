import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Delivered } from './instalments';

export interface Delivery {
  readonly deliveryId: string;
  readonly itemId: string;
  readonly deliveredOn: Day;
  readonly quantity: number;
}

/** Notes what was delivered of a service, and that its month is to be settled. Call it in the transaction that counts the delivery. */
export function countUnits({ send }: Work, { deliveryId, itemId, deliveredOn, quantity }: Delivery): void {
  send(
    `insert into delivered_unit (delivery_id, item_id, delivered_on, quantity) values ($1, $2, $3, $4)
     on conflict (delivery_id) do nothing`,
    [deliveryId, itemId, deliveredOn, quantity],
  );
  settleFrom({ send }, itemId, deliveredOn);
}

/** The same of what was counted and is not any more; false when it was not. */
export async function uncountUnits(
  { query, send }: Pick<Work, 'query' | 'send'>,
  { deliveryId, itemId, deliveredOn }: Omit<Delivery, 'quantity'>,
): Promise<boolean> {
  const counted = await query('delete from delivered_unit where delivery_id = $1 returning 1', [deliveryId]);
  if (counted.length > 0) settleFrom({ send }, itemId, deliveredOn);
  return counted.length > 0;
}

function settleFrom({ send }: Pick<Work, 'send'>, itemId: string, since: Day): void {
  send(
    `insert into unsettled_item (item_id, since) values ($1, $2)
     on conflict (item_id) do update set since = least(unsettled_item.since, excluded.since)`,
    [itemId, since],
  );
}

export const deliveredOf = ({ query }: Pick<Work, 'query'>, itemId: string): Promise<Delivered[]> =>
  query('select delivered_on as "on", quantity from delivered_unit where item_id = $1', [itemId]);

/** Its months that are over are being settled in this transaction; what is delivered in the present one waits for its end. */
export async function takeUnsettled({ query, send }: Work, itemId: string, thisMonth: Day): Promise<void> {
  await query('delete from unsettled_item where item_id = $1', [itemId]);
  send(
    `insert into unsettled_item (item_id, since)
     select item_id, min(delivered_on) from delivered_unit where item_id = $1 and delivered_on >= $2 group by item_id
     on conflict do nothing`,
    [itemId, thisMonth],
  );
}
