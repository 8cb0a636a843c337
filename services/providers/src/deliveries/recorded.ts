import type { Work } from '@okienko/messaging/unit-of-work';

/** What counts against an order and against what its provider is paid: not what was rejected, nor what the provider itself missed. */
export const counts = `state <> 'REJECTED' and outcome in ('DELIVERED', 'CLIENT_ABSENT')`;

/** What is recorded of an order, less what is permitted beyond it, so it may be below zero. The order's lock makes it all that is. */
export async function recordedUnder({ query }: Pick<Work, 'query'>, orderId: string): Promise<number> {
  const [row] = await query<{ recorded: number }>(total, [orderId]);
  return row?.recorded ?? 0;
}

const total = `
  select (select coalesce(sum(quantity), 0) from delivery where order_id = $1 and ${counts})::float8
       - (select coalesce(sum(quantity), 0) from excess_permit where order_id = $1 and covers @> '["QUANTITY"]')::float8 as recorded`;
