import type { Pool, PoolClient } from 'pg';
import { listeners, partnerEvents } from '../chaos/system/inspect-system';
import type { Cast } from './casting';
import type { MouldEvent } from './moulds';

/**
 * Stores what was cast, in one transaction over the schemas that it belongs to: the owners' rows as their commands leave them, the events in the
 * owners' outboxes, and the note in the inboxes of those whose rows were cast too, that they have had them. Whoever is not told so, as
 * `catalogue` is not, hears of each event over the streams, by its own consumers. In a deployment no one role may do this.
 */
export async function store(admin: Pool, casts: readonly Cast[]): Promise<void> {
  const client = await admin.connect();
  try {
    await client.query('begin');
    // Triggers note what commands change one by one; what they leave is cast with the rest, and checked afterwards.
    await client.query("set local session_replication_role = 'replica'");
    const tables = new Map<string, string[]>();
    for (const { table, json } of casts.flatMap(({ rows }) => rows)) {
      const rows = tables.get(table);
      if (rows) rows.push(json);
      else tables.set(table, [json]);
    }
    for (const [table, rows] of tables) await storeRows(client, table, rows);
    for (const service of ['cases', 'providers'] as const) {
      const events = inTurns(casts.map((cast) => cast.events.filter((event) => event.service === service)));
      if (events.length > 0) await storeEvents(client, service, events);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** The first events of all, then the second: as many matters go on at a time, and of one aggregate only one event is on its way to a stream. */
function inTurns(lives: readonly (readonly MouldEvent[])[]): MouldEvent[] {
  const longest = Math.max(0, ...lives.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lives.flatMap((life) => life[turn] ?? [])).flat();
}

const storeRows = (client: PoolClient, table: string, rows: readonly string[]): Promise<unknown> =>
  client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
    `[${rows.join(',')}]`,
  ]);

export async function storeEvents(
  client: PoolClient,
  service: MouldEvent['service'],
  events: readonly MouldEvent[],
  noted = true,
): Promise<void> {
  const column = (of: (event: MouldEvent) => unknown): unknown[] => events.map(of);
  const ids = column(({ id }) => id);
  const types = column((event) => event.aggregate_type);
  const aggregates = column((event) => event.aggregate_id);
  const sequences = column(({ sequence }) => sequence);
  const subjects = column(({ subject }) => subject);
  const bodies = column(({ event }) => event);
  await client.query(
    `insert into ${service}.outbox (id, aggregate_type, aggregate_id, sequence, subject, event)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::text[], $6::text[])`,
    [ids, types, aggregates, sequences, subjects, bodies],
  );
  if (!noted) return;
  for (const listener of listeners) {
    if (listener.source !== service || listener.service === 'catalogue') continue;
    const consumer = `${listener.service}-reads-${service}`;
    await client.query(
      `with heard as (select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[]) e (id, type, aggregate, sequence) where type = any ($6)),
            noted as (insert into ${listener.service}.inbox (consumer, event_id) select $5, id from heard)
       insert into ${listener.service}.inbox_position (consumer, aggregate_type, aggregate_id, sequence)
       select $5, type, aggregate, max(sequence) from heard group by type, aggregate`,
      [ids, types, aggregates, sequences, consumer, listener.aggregates],
    );
  }
  await client.query(
    `insert into notifications.feed_event (id, name, subject, sequence, gmina, body, received_at)
     select id, name, aggregate, sequence, body::jsonb ->> 'gmina', body, now()
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::text[]) with ordinality e (id, name, aggregate, sequence, body, place)
     where name = any ($6) order by place`,
    [ids, subjects, aggregates, sequences, bodies, [...partnerEvents]],
  );
}
