import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsMsg } from '@nats-io/jetstream';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { event } from '@okienko/contracts/event';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { startNats } from '@okienko/local/nats';
import { temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { Supervisor } from '@okienko/local/supervise';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import type { Handle } from '@okienko/messaging/dead-letters';
import { InboxConsumer } from '@okienko/messaging/inbox-consumer';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { OutboxRelay } from '@okienko/messaging/outbox-relay';
import { messagingTables } from '@okienko/messaging/tables';
import { Telemetry } from '@okienko/messaging/telemetry';
import { planChanges } from '@okienko/messaging/topology-plan';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Pool } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { type DataSource, EntitySchema } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from './eventually';

const mark = `b${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const stream = `${mark}_CASES`.toUpperCase();
const durable = 'providers-reads-cases';

const writers = 12;
const fewest = 800;
const longTransaction = 3_000;
const rollBacks = 0.1;
const handlerFailures = 0.1;
const crashesBeforeAck = 0.05;

class Application {
  readonly version!: number;
  constructor(readonly id: string) {}
}
const ApplicationMapping = new EntitySchema<Application>({
  name: 'Application',
  target: Application,
  tableName: 'application',
  columns: { id: { type: 'uuid', primary: true }, version: { type: 'int' } },
});

class RolledBack extends Error {}

interface Row {
  readonly id: string;
  readonly aggregate: string;
  readonly sequence: number;
}

/** A replica that dies between its commit and the acknowledgement: the broker never hears of some messages, and brings them again. */
const dyingBeforeAck = (broker: Broker, died: () => void): Broker => {
  const get = async (...of: [string, string]): Promise<object> => {
    const consumer = await broker.streams.consumers.get(...of);
    const fetch = async (options: { max_messages: number }): Promise<object> => {
      const messages = await consumer.fetch(options);
      const received = messages[Symbol.asyncIterator].bind(messages);
      return Object.assign(messages, {
        async *[Symbol.asyncIterator](): AsyncGenerator<JsMsg> {
          for await (const message of { [Symbol.asyncIterator]: received }) {
            if (message.info.deliveryCount === 1 && Math.random() < crashesBeforeAck) message.ack = died;
            yield message;
          }
        },
      });
    };
    return { fetch };
  };
  return { ...broker, streams: { consumers: { get } } } as unknown as Broker;
};

/** Twice, and earlier after later, of one list of what happened to aggregates. */
function faultsOf(rows: readonly Row[]): { twice: number; outOfOrder: number } {
  const last = new Map<string, number>();
  let outOfOrder = 0;
  for (const { aggregate, sequence } of rows) {
    if (sequence !== (last.get(aggregate) ?? 0) + 1) outOfOrder += 1;
    last.set(aggregate, sequence);
  }
  return { twice: rows.length - new Set(rows.map(({ id }) => id)).size, outOfOrder };
}

describe('the backbone from command to handler', () => {
  const home = temporaryHome();
  const supervisor = new Supervisor(home);
  const closers: (() => Promise<unknown>)[] = [];
  const telemetry = (): Telemetry => new Telemetry(pino({ level: 'silent' }), new Registry());
  let brokerUrl: string;
  let producer: string;
  let reader: string;
  let owner: Pool;
  let cases: DataSource;
  let broker: Broker;
  let acksLost = 0;

  const opened = async (name: string): Promise<Broker> => {
    const made = await openBroker(brokerUrl, name);
    closers.unshift(() => made.connection.close());
    return made;
  };
  const connected = async (url: string, mappings: EntitySchema[] = []): Promise<DataSource> => {
    const made = await dataSource({ url, mappings, migrations: [], name: 'test', poolSize: 15 }).initialize();
    closers.unshift(() => (made.isInitialized ? made.destroy() : Promise.resolve()));
    return made;
  };

  /** Takes its messages and handles some; `cut` is its end without a word. */
  const replica = async (): Promise<{ cut: () => Promise<void> }> => {
    const [own, source] = [await opened('replica'), await connected(reader)];
    const handle: Handle = async ({ event: { id }, aggregateId, sequence }, transaction) => {
      const fails = Math.random() < handlerFailures;
      if (fails && Math.random() < 0.5) throw new Error('not now');
      await transaction.query('insert into handled (id, aggregate, sequence) values ($1, $2, $3)', [
        id,
        aggregateId,
        sequence,
      ]);
      if (fails) throw new Error('not now, after the effect');
    };
    const consumer = new InboxConsumer(
      { stream, durable, aggregates: new Set(['application']) },
      dyingBeforeAck(own, () => (acksLost += 1)),
      source,
      handle,
      () => undefined,
      telemetry(),
    );
    consumer.start();
    closers.unshift(() => consumer.stop());
    const cut = async (): Promise<void> => {
      await own.connection.close();
      await source.destroy();
    };
    return { cut };
  };

  beforeAll(async () => {
    // A broker of its own, whatever the environment offers: it is restarted under everybody's feet.
    delete process.env['NATS_URL'];
    const engine = { home, supervisor, say: () => undefined, port: await freePort(), syncAlways: false };
    brokerUrl = (await startNats(engine)).url;
    const database = await createServiceDatabase(admin, mark, role);
    producer = database.cases.app;
    reader = database.providers.app;
    for (const { migrate } of [database.cases, database.providers]) {
      const pool = new Pool({ connectionString: migrate, max: 1 });
      for (const sql of messagingTables()) await pool.query(sql);
      await pool.query('create table application (id uuid primary key, version int not null)');
      await pool.query(
        'create table handled (n bigint generated always as identity primary key, id uuid, aggregate uuid, sequence int)',
      );
      await pool.end();
    }
    owner = new Pool({ connectionString: admin.replace(/\/[^/]*$/, `/${mark}`), max: 2 });
    owner.on('error', () => undefined);
    broker = await opened(mark);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
    cases = await connected(producer, [ApplicationMapping]);
  }, 60_000);

  afterAll(async () => {
    for (const close of closers) await close();
    await owner.end();
    await supervisor.stopAll();
    await dropServiceDatabase(admin, mark, role);
    rmSync(home, { recursive: true, force: true });
  });

  const effects = async (): Promise<Row[]> =>
    (await owner.query<Row>('select id, aggregate, sequence from providers.handled order by n')).rows;

  test('nothing is lost, nothing handled twice, nothing out of order, while relay, broker and consumers fail', async () => {
    const work = new UnitOfWork(cases, new Clock());
    const relays = await Promise.all(
      [1, 2].map(async () => {
        const settings = { service: 'cases', namespace: mark, databaseUrl: producer, keepDays: 30 };
        const relay = new OutboxRelay(settings, await opened('relay'), telemetry());
        relay.start();
        closers.unshift(() => relay.stop());
        work.onCommitted(() => relay.nudge());
        return relay;
      }),
    );
    const [doomed] = await Promise.all([replica(), replica(), replica()]);

    const known = Array.from({ length: 100 }, () => uuidv7());
    const submitted = (id: string) =>
      event(applicationSubmittedV1, id, {
        personId: uuidv7(),
        applicantRole: 'PERSON',
        channel: 'DESK',
        filedAt: new Date().toISOString(),
        items: [],
      });
    for (const id of known) await work.run(({ save }) => save(new Application(id), submitted(id)));
    const act = (id: string, hold: number, fails: boolean): Promise<void> =>
      work.run(async ({ load, save, query }) => {
        const application = await load(Application, id);
        await save(application, submitted(id));
        await query('select pg_sleep($1)', [hold / 1000]);
        if (fails) throw new RolledBack();
      });

    let done = 0;
    let troubled = true;
    const writes = Array.from({ length: writers }, async () => {
      while (troubled || done < fewest) {
        const id = known[Math.floor(Math.random() * known.length)] ?? '';
        const hold = Math.random() < 0.3 ? Math.random() * 20 : 0;
        await act(id, hold, Math.random() < rollBacks).then(
          () => (done += 1),
          (error: unknown) => {
            if (!(error instanceof RolledBack)) throw error;
          },
        );
        await pause(Math.random() * 40);
      }
    });
    // Draws its number among the first and commits among the last.
    const apart = uuidv7();
    const slow = work.run(async ({ save, query }) => {
      await save(new Application(apart), submitted(apart));
      await query('select nextval(pg_get_serial_sequence($1, $2))', ['outbox', 'seq']);
      await query('select pg_sleep($1)', [longTransaction / 1000]);
    });

    const killRelay = async (): Promise<number> =>
      (
        await owner.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'okienko outbox relay'
             and exists (select from pg_locks l where l.pid = pg_stat_activity.pid and l.locktype = 'advisory' and l.granted)`,
          [mark],
        )
      ).rowCount ?? 0;
    let kills = 0;
    const troubles = async (): Promise<void> => {
      await pause(700);
      kills += await killRelay();
      await pause(600);
      await doomed?.cut();
      await replica();
      await pause(500);
      await supervisor.restart('nats');
      await pause(1_000);
      kills += await killRelay();
      troubled = false;
    };
    await Promise.all([...writes, slow, troubles()]);

    const { rows: committed } = await owner.query<Row>(
      'select id, aggregate_id as aggregate, sequence from cases.outbox order by seq',
    );
    await eventually(async () => {
      for (const relay of relays) relay.nudge();
      const { num_pending: unsent, num_ack_pending: unanswered } = await broker.manager.consumers.info(stream, durable);
      const handled = await effects();
      expect(handled.length).toBeGreaterThanOrEqual(committed.length);
      expect([unsent, unanswered]).toEqual([0, 0]);
    }, 45_000);

    const handled = await effects();
    const ids = new Set(handled.map(({ id }) => id));
    const lost = committed.filter(({ id }) => !ids.has(id)).length;
    expect({ lost, ...faultsOf(handled) }).toEqual({ lost: 0, twice: 0, outOfOrder: 0 });
    expect((await owner.query('select from providers.dead_letter')).rowCount).toBe(0);
    expect({ kills, enough: committed.length >= fewest, acksLost: acksLost > 10 }).toEqual({
      kills: 2,
      enough: true,
      acksLost: true,
    });
  }, 90_000);
});
