import type { JetStreamManager } from '@nats-io/jetstream';
import { ownStreams } from '@okienko/contracts/broker-permissions';
import type { Sql } from './gap-reader';
import { type Incoming, readEvent, Unreadable } from './incoming';

/** The streams tell of events that the database does not know: it was restored to an earlier moment than what was published. */
export class StreamsAhead extends Error {}

/**
 * Which cluster this is, and how often its history has branched: PostgreSQL begins a new timeline with every restore and every fail-over. What
 * a relay has written down and what it finds differ after either, and only then are streams looked into.
 */
const lineageNow = `(select system_identifier from pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)`;

const atOnce = 128;

/** An event of a stream that no outbox holds. */
export interface Stray {
  readonly id: string;
  readonly name: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly time: string;
}

/** Undefined when the database is the one that the relay has last worked on, or has never been noted. */
export async function branchedFrom(sql: Sql): Promise<string | undefined> {
  const [row] = await sql.query<{ noted: string | null; now: string }>(
    `select lineage as noted, ${lineageNow} as now from outbox_relay`,
  );
  if (row?.noted === null) await noteLineage(sql);
  return row && row.noted !== null && row.noted !== row.now ? row.noted : undefined;
}

export const noteLineage = (sql: Sql): Promise<unknown> => sql.query(`update outbox_relay set lineage = ${lineageNow}`);

/** A restore to the last commit and a fail-over to a synchronous standby lose nothing, and all goes on; anything else stops here. */
export async function assertSameHistory(
  sql: Sql,
  manager: JetStreamManager,
  { namespace, service }: { readonly namespace: string; readonly service: string },
): Promise<void> {
  if ((await branchedFrom(sql)) === undefined) return;
  const streams = ownStreams(namespace, service);
  const remedy = 'Run "npm run after-restore".';
  const strays = await strayEvents(sql, manager, streams);
  if (strays.length > 0)
    throw new StreamsAhead(
      `The database of ${service} was restored to an earlier moment: its stream has ${strays.length} events that it does not know, the first of ${strays[0]?.time}. ${remedy}`,
    );
  if (await hasForgotten(sql, manager, streams))
    throw new StreamsAhead(
      `Both the database of ${service} and its stream are other ones than before: nothing proves that none is missing. ${remedy}`,
    );
  await noteLineage(sql);
}

/** A stream ends before a place that the database has seen acknowledged: it cannot be a witness. */
export async function hasForgotten(sql: Sql, manager: JetStreamManager, streams: readonly string[]): Promise<boolean> {
  for (const stream of streams) {
    const { state } = await manager.streams.info(stream);
    if (state.last_seq < (await lastNoted(sql, stream))) return true;
  }
  return false;
}

async function lastNoted(sql: Sql, stream: string): Promise<number> {
  const [row] = await sql.query<{ noted: string }>(
    'select coalesce(max(last_sequence), 0)::text as noted from outbox_stream where stream = $1',
    [stream],
  );
  return Number(row?.noted ?? 0);
}

/**
 * Events of the service's own streams that its outbox does not hold. All up to the last place that the database has noted was published from
 * what it holds; only what lies behind is asked for.
 */
export async function strayEvents(sql: Sql, manager: JetStreamManager, streams: readonly string[]): Promise<Stray[]> {
  const strays: Stray[] = [];
  for (const stream of streams)
    await eachOf(manager, stream, (await lastNoted(sql, stream)) + 1, undefined, async (events) => {
      const known = new Set(
        (
          await sql.query<{ id: string }>(
            `select m.id::text as id from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[]) as m(id, type, aggregate, sequence)
             where exists (select from outbox o where o.aggregate_type = m.type and o.aggregate_id = m.aggregate and o.sequence = m.sequence and o.id = m.id)`,
            [
              events.map(({ event }) => event.id),
              events.map(({ aggregateType }) => aggregateType),
              events.map(({ aggregateId }) => aggregateId),
              events.map(({ sequence }) => sequence),
            ],
          )
        ).map(({ id }) => id),
      );
      for (const { event, name, aggregateType, aggregateId, sequence } of events)
        if (!known.has(event.id))
          strays.push({ id: event.id, name, aggregateType, aggregateId, sequence, time: event.time });
    });
  return [...new Map(strays.map((stray) => [stray.id, stray])).values()];
}

/** Reads a stream from one place to another by direct get, many at once. What is no event of ours is passed over. */
export async function eachOf(
  manager: JetStreamManager,
  stream: string,
  from: number,
  to: number | undefined,
  take: (events: Incoming[]) => Promise<void>,
): Promise<void> {
  const { state } = await manager.streams.info(stream);
  const end = Math.min(to ?? state.last_seq, state.last_seq);
  for (let first = Math.max(from, state.first_seq); first <= end; first += atOnce) {
    const places = Array.from({ length: Math.min(atOnce, end - first + 1) }, (_, index) => first + index);
    const messages = await Promise.all(places.map((seq) => manager.direct.getMessage(stream, { seq })));
    const events = messages.flatMap((message) => {
      try {
        return message ? [readEvent(message.string())] : [];
      } catch (error) {
        if (error instanceof Unreadable) return [];
        throw error;
      }
    });
    if (events.length > 0) await take(events);
  }
}
