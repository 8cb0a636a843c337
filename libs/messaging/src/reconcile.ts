import type { JetStreamManager } from '@nats-io/jetstream';
import type { Sql } from './gap-reader';

/**
 * Finds out whether the broker has less than it once acknowledged (power cut, restore, deleted stream) and from which outbox number
 * on it must be filled again. Undefined when nothing is missing. Consumers and partners know repeated events by their ids.
 */
export async function reconcile(sql: Sql, manager: JetStreamManager): Promise<bigint | undefined> {
  let low: bigint | undefined;
  for (const { stream, acknowledged } of await sql.query<{ stream: string; acknowledged: string }>(
    'select stream, last_sequence::text as acknowledged from outbox_stream',
  )) {
    const { state } = await manager.streams.info(stream);
    if (state.last_seq >= Number(acknowledged)) continue;
    const position = state.messages === 0 ? 0n : await positionOf(sql, manager, stream, state.last_seq);
    if (low === undefined || position < low) low = position;
    await sql.query('update outbox_stream set last_sequence = $2 where stream = $1', [stream, state.last_seq]);
  }
  if (low !== undefined) await sql.query('update outbox_relay set low = least(low, $1)', [low.toString()]);
  return low;
}

async function positionOf(sql: Sql, manager: JetStreamManager, stream: string, sequence: number): Promise<bigint> {
  const last = await manager.streams.getMessage(stream, { seq: sequence });
  const id = last?.json<{ id: string }>().id ?? '';
  const [row] = await sql.query<{ seq: string }>('select seq::text as seq from outbox where id::text = $1', [id]);
  return BigInt(row?.seq ?? 0);
}
