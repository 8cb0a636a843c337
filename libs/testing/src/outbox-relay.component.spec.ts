import { randomBytes, randomUUID } from 'node:crypto';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import type { OutboxRow } from '@okienko/messaging/gap-reader';
import { OutboxRelay } from '@okienko/messaging/outbox-relay';
import { messagingTables } from '@okienko/messaging/tables';
import { Telemetry } from '@okienko/messaging/telemetry';
import { planChanges } from '@okienko/messaging/topology-plan';
import { Client, Pool } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { eventually } from './eventually';

const mark = `r${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const subject = 'cases.application.submitted.v1';
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Seen {
  readonly id: string;
  readonly aggregate: string;
  readonly sequence: number;
}

describe('the outbox relay', () => {
  let url: string;
  let pool: Pool;
  let broker: Broker;
  const relays = new Set<OutboxRelay>();

  const startRelay = (): OutboxRelay => {
    const relay = new OutboxRelay(
      { service: 'cases', namespace: mark, databaseUrl: url, keepDays: 30 },
      broker,
      new Telemetry(pino({ level: 'silent' }), new Registry()),
    );
    relays.add(relay);
    relay.start();
    return relay;
  };
  const stopRelay = async (relay: OutboxRelay): Promise<void> => {
    relays.delete(relay);
    await relay.stop();
  };

  /** Everything the stream has, in its order. */
  const stored = async (): Promise<Seen[]> => {
    const { state } = await broker.manager.streams.info(`${mark}_CASES`.toUpperCase());
    const seen: Seen[] = [];
    for (let seq = 1; seq <= state.last_seq; seq += 1) {
      const message = await broker.manager.streams.getMessage(`${mark}_CASES`.toUpperCase(), { seq });
      if (message) seen.push(message.json<Seen>());
    }
    return seen;
  };

  beforeAll(async () => {
    const database = (await createServiceDatabase(admin, mark, role)).cases;
    url = database.app;
    const owner = new Client({ connectionString: database.migrate });
    await owner.connect();
    for (const sql of messagingTables()) await owner.query(sql);
    await owner.query('create table aggregate (id uuid primary key, version int not null)');
    await owner.end();
    pool = new Pool({ connectionString: url, max: 20 });
    pool.on('error', () => undefined);
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', mark);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
  }, 60_000);

  afterAll(async () => {
    await Promise.all([...relays].map(stopRelay));
    for (const source of ['CATALOGUE', 'CASES', 'PROVIDERS', 'NOTIFICATIONS', 'SEALED'])
      await broker.manager.streams.delete(`${mark}_${source}`.toUpperCase());
    await broker.connection.close();
    await pool.end();
    await dropServiceDatabase(admin, mark, role);
  });

  const write = async (
    client: { query: Client['query'] },
    aggregate: string,
    outcome: 'commit' | 'rollback',
    hold = 0,
  ): Promise<string> => {
    const id = randomUUID();
    await client.query('begin');
    const { rows } = await client.query('update aggregate set version = version + 1 where id = $1 returning version', [
      aggregate,
    ]);
    const sequence = (rows[0] as { version: number }).version;
    await client.query(
      'insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ($1, $2, $3, $4, $5, $6)',
      [
        id,
        'application',
        aggregate,
        sequence,
        subject,
        JSON.stringify({ id, aggregate, sequence, time: new Date().toISOString() }),
      ],
    );
    await sleep(hold);
    await client.query(outcome);
    return id;
  };
  const aggregates = async (count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    await pool.query('insert into aggregate select unnest($1::uuid[]), 0', [ids]);
    return ids;
  };

  test('an event whose number was drawn first and committed last is not lost, and holds nothing up', async () => {
    const relay = startRelay();
    const [early = '', late = ''] = await aggregates(2);
    const slow = new Client({ connectionString: url });
    await slow.connect();
    const slowId = write(slow, early, 'commit', 1500);
    await sleep(200);
    const quick = await pool.connect();
    const fastId = await write(quick, late, 'commit');
    quick.release();
    relay.nudge();
    await eventually(async () => expect((await stored()).map(({ id }) => id)).toContain(fastId), 1000);
    const id = await slowId;
    relay.nudge();
    await eventually(async () => expect((await stored()).map((event) => event.id)).toContain(id), 3000);
    await slow.end();
    await stopRelay(relay);
  }, 20_000);

  test('what it is told with the commit is published without being read, once, and only in its turn', async () => {
    const before = (await stored()).length;
    const relay = startRelay();
    const rowOf = async (id: string): Promise<OutboxRow> => {
      const { rows } = await pool.query<{ seq: string; aggregate: string; event: string }>(
        'select seq::text as seq, aggregate_id as aggregate, event from outbox where id = $1',
        [id],
      );
      const { seq, aggregate: aggregateId, event } = rows[0] as (typeof rows)[number];
      return { seq: BigInt(seq), id, aggregateType: 'application', aggregateId, subject, event, parked: false };
    };
    const ids = async (): Promise<string[]> => (await stored()).slice(before).map(({ id }) => id);
    const [first = '', early = '', late = ''] = await aggregates(3);
    const client = await pool.connect();
    const start = await write(client, first, 'commit');
    relay.nudge();
    await eventually(async () => expect(await ids()).toEqual([start]), 3000);
    await sleep(100);

    // What it is told differs from what lies in the outbox, so that the stream shows which of the two it has published.
    const told: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const id = await write(client, first, 'commit');
      const row = await rowOf(id);
      relay.nudge([{ ...row, event: JSON.stringify({ ...(JSON.parse(row.event) as object), told: true }) }]);
      told.push(id);
      await eventually(async () => expect(await ids()).toEqual([start, ...told]), 3000);
    }
    const heard = (await stored()).filter((event) => 'told' in event);
    // An idle look may come between a commit and the word of it.
    expect(heard.length).toBeGreaterThanOrEqual(3);

    const slow = new Client({ connectionString: url });
    await slow.connect();
    const held = write(slow, early, 'commit', 700);
    await sleep(200);
    const overtaking = await write(client, late, 'commit');
    relay.nudge([await rowOf(overtaking)]);
    const heldId = await held;
    const last = await write(client, first, 'commit');
    relay.nudge([await rowOf(last)]);
    await eventually(async () => expect(await ids()).toHaveLength(9), 3000);
    expect(new Set(await ids())).toEqual(new Set([start, ...told, overtaking, heldId, last]));
    client.release();
    await slow.end();
    await stopRelay(relay);
  }, 20_000);

  test('with concurrent writers, roll-backs, a long transaction and a change of the leading replica, each event is stored once and in order', async () => {
    const before = (await stored()).length;
    const ids = await aggregates(20);
    const committed = new Set<string>();
    const standby = startRelay();
    let leader = startRelay();
    const long = new Client({ connectionString: url });
    await long.connect();
    const [apart = ''] = await aggregates(1);
    const longest = write(long, apart, 'commit', 2500).then((id) => committed.add(id));
    let going = true;
    const writers = Array.from({ length: 10 }, async () => {
      const client = await pool.connect();
      while (going) {
        const outcome = Math.random() < 0.1 ? 'rollback' : 'commit';
        const id = await write(
          client,
          ids[Math.floor(Math.random() * ids.length)] ?? '',
          outcome,
          Math.random() < 0.3 ? Math.random() * 20 : 0,
        );
        if (outcome === 'commit') committed.add(id);
        leader.nudge();
      }
      client.release();
    });
    await sleep(1000);
    await stopRelay(leader);
    leader = startRelay();
    await sleep(1000);
    going = false;
    await Promise.all([...writers, longest]);
    await long.end();
    const events = await eventually(async () => {
      leader.nudge();
      const all = (await stored()).slice(before);
      expect(all.length).toBeGreaterThanOrEqual(committed.size);
      return all;
    }, 20_000);
    expect(new Set(events.map(({ id }) => id))).toEqual(committed);
    expect(events).toHaveLength(committed.size);
    const last = new Map<string, number>();
    for (const { aggregate, sequence } of events) {
      expect(sequence).toBe((last.get(aggregate) ?? 0) + 1);
      last.set(aggregate, sequence);
    }
    await Promise.all([stopRelay(standby), stopRelay(leader)]);
  }, 60_000);

  test('a replica that does not lead waits on one connection, however much is committed, and leads when the other ends', async () => {
    const sessions = async (): Promise<number[]> =>
      (
        await pool.query<{ pid: number }>(
          `select pid from pg_stat_activity where usename = current_user and application_name = 'okienko outbox relay' order by backend_start, pid`,
        )
      ).rows.map(({ pid }) => pid);
    const leader = startRelay();
    await eventually(async () => expect(await sessions()).toHaveLength(1), 3_000);
    const standby = startRelay();
    const both = await eventually(async () => {
      const now = await sessions();
      expect(now).toHaveLength(2);
      return now;
    }, 3_000);
    const seen = new Set<number>();
    const [aggregate = ''] = await aggregates(1);
    const ids: string[] = [];
    const client = await pool.connect();
    // For longer than a replica that does not lead waits until it asks again.
    for (const until = Date.now() + 1_200; Date.now() < until;) {
      ids.push(await write(client, aggregate, 'commit'));
      standby.nudge();
      for (const pid of await sessions()) seen.add(pid);
    }
    expect([...seen]).toEqual(both);
    await stopRelay(leader);
    ids.push(await write(client, aggregate, 'commit'));
    client.release();
    await eventually(
      async () => expect((await stored()).map(({ id }) => id)).toEqual(expect.arrayContaining(ids)),
      5_000,
    );
    expect(await sessions()).toEqual([both[1]]);
    await stopRelay(standby);
    expect(await sessions()).toEqual([]);
  }, 20_000);

  test('when the broker has lost what it acknowledged, the relay fills it again from the outbox', async () => {
    const all = await stored();
    const relay = startRelay();
    await broker.manager.streams.delete(`${mark}_CASES`.toUpperCase());
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
    await stopRelay(relay);
    const next = startRelay();
    await eventually(async () => {
      const again = await stored();
      expect(new Set(again.map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)));
    }, 15_000);
    await stopRelay(next);
  }, 30_000);

  test('what committed late, and lay behind later numbers when the broker lost its end, is stored again', async () => {
    const stream = `${mark}_CASES`.toUpperCase();
    const relay = startRelay();
    const [early = '', ...others] = await aggregates(4);
    const before = (await broker.manager.streams.info(stream)).state.last_seq;
    const slow = new Client({ connectionString: url });
    await slow.connect();
    const slowId = write(slow, early, 'commit', 1000);
    await sleep(200);
    const quick = await pool.connect();
    const ids: string[] = [];
    for (const other of others) ids.push(await write(quick, other, 'commit'));
    relay.nudge();
    await eventually(
      async () => expect((await broker.manager.streams.info(stream)).state.last_seq).toBe(before + 3),
      3000,
    );
    ids.push(await slowId);
    relay.nudge();
    await eventually(
      async () => expect((await broker.manager.streams.info(stream)).state.last_seq).toBe(before + 4),
      3000,
    );
    await sleep(300);
    await write(quick, early, 'commit').then((id) => ids.push(id));
    relay.nudge();
    await eventually(
      async () => expect((await broker.manager.streams.info(stream)).state.last_seq).toBe(before + 5),
      3000,
    );
    quick.release();
    await stopRelay(relay);
    // The broker keeps the three that came first, as after a power cut: it must come back with that as its end.
    const kept = (await stored()).slice(0, -2);
    await broker.manager.streams.delete(stream);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
    for (const event of kept)
      await broker.streams.publish(`${mark}.${subject}`, JSON.stringify(event), { msgID: event.id });
    expect(kept).toHaveLength(before + 3);
    const next = startRelay();
    await eventually(
      async () =>
        expect(new Set((await stored()).map(({ id }) => id))).toEqual(new Set([...kept.map(({ id }) => id), ...ids])),
      15_000,
    );
    await stopRelay(next);
    await slow.end();
  }, 40_000);
});
