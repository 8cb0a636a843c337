import type { Service } from '@okienko/contracts/event';
import type { Pool, PoolClient } from 'pg';
import { listeners, partnerEvents } from '../chaos/system/inspect-system';
import type { Cast } from './casting';
import type { MouldEvent } from './moulds';

/**
 * How events go. `streams`: they lie in the outboxes, are published, and `catalogue` hears of each by its own consumers. `archive`: they lie
 * where those of days long past lie, published and heard by all, and what `catalogue` keeps of them is cast as well.
 */
export type Way = 'streams' | 'archive';

/**
 * Stores what was cast, in one transaction over the schemas that it belongs to: the owners' rows as their commands leave them, their events,
 * and the note at those whose rows were cast too, that they have had them. In a deployment no one role may do this.
 */
export async function store(admin: Pool, casts: readonly Cast[], way: Way): Promise<void> {
  const client = await admin.connect();
  try {
    await client.query('begin');
    // Triggers note what commands change one by one; what they leave is cast with the rest, and checked afterwards.
    await client.query("set local session_replication_role = 'replica'");
    const tables = new Map<string, string[]>();
    for (const { table, json } of casts.flatMap(({ rows }) => rows)) {
      if (way === 'streams' && table.startsWith('catalogue.')) continue;
      const rows = tables.get(table);
      if (rows) rows.push(json);
      else tables.set(table, [json]);
    }
    for (const [table, rows] of tables) await storeRows(client, table, rows);
    for (const service of ['cases', 'providers'] as const) {
      const events = inTurns(casts.map((cast) => cast.events.filter((event) => event.service === service)));
      if (events.length === 0) continue;
      if (way === 'streams') await storeEvents(client, service, events);
      else await archiveEvents(client, service, events);
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

type Columns = readonly [
  ids: string[],
  types: string[],
  aggregates: string[],
  sequences: number[],
  subjects: string[],
  bodies: string[],
];

const columnsOf = (events: readonly MouldEvent[]): Columns => [
  events.map(({ id }) => id),
  events.map((event) => event.aggregate_type),
  events.map((event) => event.aggregate_id),
  events.map(({ sequence }) => sequence),
  events.map(({ subject }) => subject),
  events.map(({ event }) => event),
];

export async function storeEvents(
  client: PoolClient,
  service: MouldEvent['service'],
  events: readonly MouldEvent[],
  noted = true,
): Promise<void> {
  const columns = columnsOf(events);
  await client.query(
    `insert into ${service}.outbox (id, aggregate_type, aggregate_id, sequence, subject, event)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::text[], $6::text[])`,
    [...columns],
  );
  if (!noted) return;
  const [ids, types, aggregates, sequences] = columns;
  for (const { consumer, reader, of } of readersOf(service)) {
    await client.query(
      `insert into ${reader}.inbox (consumer, event_id) select $1, id from unnest($2::uuid[], $3::text[]) e (id, type) where type = any ($4)`,
      [consumer, ids, types, of],
    );
    await notePositions(client, reader, consumer, types, aggregates, sequences, of);
  }
  await feed(client, columns);
}

/** Numbers of published events, far below those that the outbox gives out; in the order of the events. */
let archived = -(2 ** 50);

async function archiveEvents(
  client: PoolClient,
  service: MouldEvent['service'],
  events: readonly MouldEvent[],
): Promise<void> {
  const columns = columnsOf(events);
  const first = archived;
  archived += events.length;
  await client.query(
    `insert into ${service}.outbox_archive (seq, created_at, id, aggregate_type, aggregate_id, sequence, subject, event)
     select $7::bigint + place, (event::json ->> 'time')::timestamptz, id, type, aggregate, sequence, subject, event
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::text[], $6::text[])
       with ordinality e (id, type, aggregate, sequence, subject, event, place)`,
    [...columns, first],
  );
  // Inboxes forget what is old; how far an aggregate has come they do not.
  const [, types, aggregates, sequences] = columns;
  for (const { consumer, reader, of } of readersOf(service))
    await notePositions(client, reader, consumer, types, aggregates, sequences, of);
  await feed(client, columns);
}

const readersOf = (service: Service): { consumer: string; reader: Service; of: readonly string[] }[] =>
  listeners
    .filter(({ source, service: reader }) => source === service && reader !== 'catalogue')
    .map(({ service: reader, aggregates }) => ({ consumer: `${reader}-reads-${service}`, reader, of: aggregates }));

const notePositions = (
  client: PoolClient,
  reader: Service,
  consumer: string,
  types: readonly string[],
  aggregates: readonly string[],
  sequences: readonly number[],
  of: readonly string[],
): Promise<unknown> =>
  client.query(
    `insert into ${reader}.inbox_position (consumer, aggregate_type, aggregate_id, sequence)
     select $1, type, aggregate, max(sequence) from unnest($2::text[], $3::uuid[], $4::int[]) e (type, aggregate, sequence)
     where type = any ($5) group by type, aggregate`,
    [consumer, types, aggregates, sequences, of],
  );

const feed = (client: PoolClient, [ids, , aggregates, sequences, names, bodies]: Columns): Promise<unknown> =>
  client.query(
    `insert into notifications.feed_event (id, name, subject, sequence, gmina, body, received_at)
     select id, name, aggregate, sequence, body::json ->> 'gmina', body, now()
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::text[]) with ordinality e (id, name, aggregate, sequence, body, place)
     where name = any ($6) order by place`,
    [ids, names, aggregates, sequences, bodies, [...partnerEvents]],
  );
