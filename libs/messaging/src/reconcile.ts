import type { JetStreamManager } from '@nats-io/jetstream';
import type { Sql } from './gap-reader';
import type { Stored } from './raw-publisher';

export interface Reconciled {
  /** From where on in the outbox the streams must be filled again; undefined when nothing is missing. */
  readonly low?: bigint;
  /** The last place in each stream that an event was acknowledged at and is still there. */
  readonly places: Map<string, number>;
}

/**
 * Finds out whether the broker has less than it once acknowledged (power cut, restore, deleted stream). Each row of `outbox_stream` says
 * that everything in the outbox up to `low` lies in the stream up to `last_sequence`: the last event that a stream has kept does not, for
 * what committed late or was sent again lies behind events of higher numbers. Consumers and partners know repeated events by their ids.
 * `fresh` is a place that a new event got although an earlier one had been there: what the stream has kept ends before it.
 */
export async function reconcile(sql: Sql, manager: JetStreamManager, fresh?: Stored): Promise<Reconciled> {
  let low: bigint | undefined;
  const places = new Map<string, number>();
  for (const { stream, acknowledged } of await sql.query<{ stream: string; acknowledged: string }>(
    'select stream, max(last_sequence)::text as acknowledged from outbox_stream group by stream',
  )) {
    const kept = fresh?.stream === stream ? fresh.sequence - 1 : (await manager.streams.info(stream)).state.last_seq;
    places.set(stream, Math.min(kept, Number(acknowledged)));
    if (kept >= Number(acknowledged)) continue;
    const [row] = await sql.query<{ low: string }>(
      `select least((select low from outbox_relay), coalesce(
         (select low from outbox_stream where stream = $1 and last_sequence <= $2 order by last_sequence desc limit 1),
         -- Not zero: every number between would be taken for one that is still to come.
         (select min(seq) - 1 from outbox)))::text as low`,
      [stream, kept],
    );
    const position = BigInt(row?.low ?? 0);
    if (low === undefined || position < low) low = position;
    // In this order: stopped between the two, the next leader must find the loss again.
    await sql.query('update outbox_relay set low = least(low, $1)', [position.toString()]);
    await sql.query('delete from outbox_stream where stream = $1 and last_sequence > $2', [stream, kept]);
  }
  return low === undefined ? { places } : { low, places };
}
