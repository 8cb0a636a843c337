import type { JetStreamManager } from '@nats-io/jetstream';
import type { Sql } from './gap-reader';
import type { Stored } from './raw-publisher';

/**
 * Finds out whether the broker has less than it once acknowledged (power cut, restore, deleted stream) and from which outbox number
 * on it must be filled again. Undefined when nothing is missing. Consumers and partners know repeated events by their ids.
 * `fresh` is a place that a new event got although an earlier one had been there: what the stream has kept ends before it.
 */
export async function reconcile(sql: Sql, manager: JetStreamManager, fresh?: Stored): Promise<bigint | undefined> {
  let low: bigint | undefined;
  for (const { stream, acknowledged } of await sql.query<{ stream: string; acknowledged: string }>(
    'select stream, last_sequence::text as acknowledged from outbox_stream',
  )) {
    const { state } = await manager.streams.info(stream);
    const kept = fresh?.stream === stream ? fresh.sequence - 1 : state.last_seq;
    if (kept >= Number(acknowledged)) continue;
    const position =
      (kept > 0 && state.messages > 0 && (await positionOf(sql, manager, stream, kept))) || (await start(sql));
    if (low === undefined || position < low) low = position;
    // In this order: stopped between the two, the next leader must find the loss again.
    await sql.query('update outbox_relay set low = least(low, $1)', [low.toString()]);
    await sql.query('update outbox_stream set last_sequence = $2 where stream = $1', [stream, kept]);
  }
  return low;
}

/** Before the oldest row still kept. Not zero: every number between would be taken for one that is still to come. */
async function start(sql: Sql): Promise<bigint> {
  const [row] = await sql.query<{ seq: string }>(
    'select least((select low from outbox_relay), (select min(seq) - 1 from outbox))::text as seq',
  );
  return BigInt(row?.seq ?? 0);
}

async function positionOf(
  sql: Sql,
  manager: JetStreamManager,
  stream: string,
  sequence: number,
): Promise<bigint | undefined> {
  const last = await manager.streams.getMessage(stream, { seq: sequence });
  const id = last?.json<{ id: string }>().id ?? '';
  const [row] = await sql.query<{ seq: string }>('select seq::text as seq from outbox where id::text = $1', [id]);
  return row && BigInt(row.seq);
}
