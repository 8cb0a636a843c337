import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { applicationWithdrawnV1 } from '@okienko/contracts/cases/application-withdrawn.v1';
import { envelope, event, subjectOf } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { freshContext } from '@okienko/messaging/context';
import { dataSource } from '@okienko/messaging/data-source';
import type { Handle } from '@okienko/messaging/dead-letters';
import { InboxConsumer } from '@okienko/messaging/inbox-consumer';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { NotYet } from '@okienko/messaging/not-yet';
import { messagingTables } from '@okienko/messaging/tables';
import { Telemetry } from '@okienko/messaging/telemetry';
import { ackWait, planChanges } from '@okienko/messaging/topology-plan';
import { Client } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from './eventually';

const mark = `v${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const stream = `${mark}_CASES`.toUpperCase();
const { durable } = topology(mark).consumers.find((plan) => plan.service === 'providers' && plan.stream === stream) ?? {
  durable: '',
};
/** So many that a replica which asks for all at once would have the last of them for longer than the broker waits for an answer. */
const messages = 900;
const milliseconds = 14;

describe('consumers of several replicas', () => {
  let database: DataSource;
  let broker: Broker;

  beforeAll(async () => {
    const access = (await createServiceDatabase(admin, mark, role)).providers;
    const owner = new Client({ connectionString: access.migrate });
    await owner.connect();
    for (const sql of [...messagingTables(), 'create table account (number int primary key, bookings int not null)'])
      await owner.query(sql);
    await owner.end();
    database = await dataSource({ url: access.app, mappings: [], migrations: [], name: mark }).initialize();
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', mark);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
  }, 60_000);

  afterAll(async () => {
    const { streams, replay, partners } = topology(mark);
    for (const { name } of [...streams, replay, partners]) await broker.manager.streams.delete(name);
    await broker.connection.close();
    await database.destroy();
    await dropServiceDatabase(admin, mark, role);
  });

  const publish = (aggregateId: string, sequence: number): Promise<unknown> => {
    const fact = event(applicationWithdrawnV1, aggregateId, {
      itemId: uuidv7(),
      personId: uuidv7(),
      offerId: uuidv7(),
    });
    const body = JSON.stringify(envelope(fact, sequence, new Date(), freshContext()));
    return broker.streams.publish(`${mark}.${subjectOf(fact.contract)}`, body);
  };

  /** Chains of events, link by link, as they come when all aggregates are busy. */
  async function publishChains(chains: number, links: number): Promise<string[]> {
    const aggregates = Array.from({ length: chains }, () => uuidv7());
    const answers: Promise<unknown>[] = [];
    for (let sequence = 1; sequence <= links; sequence += 1)
      for (const id of aggregates) answers.push(publish(id, sequence));
    await Promise.all(answers);
    return aggregates;
  }

  let stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((end) => end()));
  };

  afterEach(stop);

  /** Replicas of one consumer, each with its own connection. */
  async function start(replicas: number, handle: Handle): Promise<void> {
    stops = await Promise.all(
      Array.from({ length: replicas }, async (_, number) => {
        const own = await openBroker(process.env['TEST_NATS_URL'] ?? '', `${mark} ${number}`);
        const consumer = new InboxConsumer(
          { stream, durable, aggregates: new Set(['application']) },
          own,
          database,
          handle,
          () => undefined,
          new Telemetry(pino({ level: 'silent' }), new Registry()),
        );
        consumer.start();
        return async () => {
          await consumer.stop();
          await own.connection.close();
        };
      }),
    );
  }

  const allAnswered = (): Promise<{ delivered: number }> =>
    eventually(async () => {
      const { num_pending, num_ack_pending, delivered } = await broker.manager.consumers.info(stream, durable);
      expect([num_pending, num_ack_pending]).toEqual([0, 0]);
      return { delivered: delivered.consumer_seq };
    }, 60_000);

  const attempts = async (): Promise<number> =>
    (
      await database.query<{ count: number }[]>('select count(*)::int as count from inbox_attempt where attempts > 0')
    )[0]?.count ?? 0;

  test('hand on chains of events in order', async () => {
    const [chains, links] = [40, 25];
    const aggregates = await publishChains(chains, links);
    const order = new Map<string, number[]>(aggregates.map((id) => [id, []]));
    const began = Date.now();
    await start(2, async ({ aggregateId, sequence }, transaction) => {
      await transaction.query('select pg_sleep(0.001)');
      order.get(aggregateId)?.push(sequence);
    });
    await allAnswered();
    console.info(`${chains * links} events of ${chains} chains in ${Date.now() - began} ms`);
    await stop();
    const chain = Array.from({ length: links }, (_, index) => index + 1);
    for (const handled of order.values()) expect(handled).toEqual(chain);
  }, 120_000);

  test('do not wait for each other in circles, though each batch locks the same rows in another order', async () => {
    const [count, accounts] = [600, 6];
    await database.query('insert into account select n, 0 from generate_series(1, $1) n', [accounts]);
    await publishChains(count, 1);
    const deadlocks = `select deadlocks::int as count from pg_stat_database where datname = current_database()`;
    const [before] = await database.query<{ count: number }[]>(deadlocks);
    let turn = 0;
    await start(3, async (_, transaction) => {
      const number = ((turn += 7) % accounts) + 1;
      await transaction.query('update account set bookings = bookings + 1 where number = $1', [number]);
    });
    await allAnswered();
    await stop();
    const [booked] = await database.query<{ sum: number }[]>('select sum(bookings)::int as sum from account');
    expect(booked?.sum).toBe(count);
    expect(await attempts()).toBe(0);
    // The server's statistics come a moment later.
    await pause(1_200);
    const [after] = await database.query<{ count: number }[]>(deadlocks);
    expect(after?.count).toBe(before?.count);
  }, 120_000);

  test('hand over again what depends on an event that comes later, and do not count that as a failure', async () => {
    const [first, second] = [uuidv7(), uuidv7()];
    const handled: string[] = [];
    await start(1, async ({ aggregateId, sequence }, transaction) => {
      // Fails here what is not in its turn.
      await transaction.query('select 1');
      if (aggregateId === first && !handled.includes(`${second} 1`)) throw new NotYet('The other has not come.');
      handled.push(`${aggregateId} ${sequence}`);
    });
    await publish(first, 1);
    await publish(first, 2);
    // Past the short waits in the replica, so that the broker has to bring it again.
    await pause(1_500);
    expect(handled).toEqual([]);
    await publish(second, 1);
    await eventually(() => expect(handled).toEqual([`${second} 1`, `${first} 1`, `${first} 2`]), 20_000);
    await allAnswered();
    await stop();
    expect(await attempts()).toBe(0);
    expect(await database.query('select from dead_letter')).toEqual([]);
  }, 60_000);

  test('are sent nothing twice, however long a message waits in one of them', async () => {
    expect(messages * milliseconds).toBeGreaterThan(1.5 * ackWait);
    const before = (await broker.manager.consumers.info(stream, durable)).delivered.consumer_seq;
    await publishChains(messages, 1);
    let handled = 0;
    await start(1, async () => {
      await pause(milliseconds);
      handled += 1;
    });
    await eventually(() => expect(handled).toBe(messages), 60_000);
    const { delivered } = await allAnswered();
    await stop();
    // Every delivery has a number: as many as there are messages, so each came once.
    expect(delivered - before).toBe(messages);
    expect(handled).toBe(messages);
  }, 120_000);
});
