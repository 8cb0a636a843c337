import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { applicationWithdrawnV1 } from '@okienko/contracts/cases/application-withdrawn.v1';
import { envelope, event, subjectOf } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { freshContext } from '@okienko/messaging/context';
import { dataSource } from '@okienko/messaging/data-source';
import { InboxConsumer } from '@okienko/messaging/inbox-consumer';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
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

describe('a consumer that is slower than its stream', () => {
  let database: DataSource;
  let broker: Broker;

  beforeAll(async () => {
    const access = (await createServiceDatabase(admin, mark, role)).providers;
    const owner = new Client({ connectionString: access.migrate });
    await owner.connect();
    for (const sql of messagingTables()) await owner.query(sql);
    await owner.end();
    database = await dataSource({ url: access.app, mappings: [], migrations: [], name: mark }).initialize();
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', mark);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
  }, 60_000);

  afterAll(async () => {
    const { streams, replay } = topology(mark);
    for (const { name } of [...streams, replay]) await broker.manager.streams.delete(name);
    await broker.connection.close();
    await database.destroy();
    await dropServiceDatabase(admin, mark, role);
  });

  test('with a second replica hands on chains of events in order, without sending them back to the broker', async () => {
    const aggregates = Array.from({ length: 40 }, () => uuidv7());
    const links = 25;
    for (let sequence = 1; sequence <= links; sequence += 1)
      for (const id of aggregates) {
        const fact = event(applicationWithdrawnV1, id, { itemId: uuidv7(), personId: uuidv7(), offerId: uuidv7() });
        const body = JSON.stringify(envelope(fact, sequence, new Date(), freshContext()));
        void broker.streams.publish(`${mark}.${subjectOf(fact.contract)}`, body);
      }
    const order = new Map<string, number[]>(aggregates.map((id) => [id, []]));
    const registry = new Registry();
    const replicas = await Promise.all(
      [1, 2].map(async (number) => {
        const own = await openBroker(process.env['TEST_NATS_URL'] ?? '', `${mark} ${number}`);
        const consumer = new InboxConsumer(
          { stream, durable, aggregates: new Set(['application']) },
          own,
          database,
          async ({ aggregateId, sequence }, transaction) => {
            await transaction.query('select pg_sleep(0.001)');
            order.get(aggregateId)?.push(sequence);
          },
          () => undefined,
          new Telemetry(pino({ level: 'silent' }), number === 1 ? registry : new Registry()),
        );
        consumer.start();
        return async () => {
          await consumer.stop();
          await own.connection.close();
        };
      }),
    );
    const began = Date.now();
    await eventually(async () => {
      const { num_pending: unsent, num_ack_pending: unanswered } = await broker.manager.consumers.info(stream, durable);
      expect([[...order.values()].flat().length, unsent, unanswered]).toEqual([aggregates.length * links, 0, 0]);
    }, 60_000);
    console.info(`${aggregates.length * links} events of ${aggregates.length} chains in ${Date.now() - began} ms`);
    await Promise.all(replicas.map((stop) => stop()));
    const chain = Array.from({ length: links }, (_, index) => index + 1);
    for (const handled of order.values()) expect(handled).toEqual(chain);
  }, 120_000);

  test('is sent nothing twice, however long a message waits in it', async () => {
    expect(messages * milliseconds).toBeGreaterThan(1.5 * ackWait);
    const before = (await broker.manager.consumers.info(stream, durable)).delivered.consumer_seq;
    await Promise.all(
      Array.from({ length: messages }, () => {
        const fact = event(applicationWithdrawnV1, uuidv7(), {
          itemId: uuidv7(),
          personId: uuidv7(),
          offerId: uuidv7(),
        });
        const body = JSON.stringify(envelope(fact, 1, new Date(), freshContext()));
        return broker.streams.publish(`${mark}.${subjectOf(fact.contract)}`, body);
      }),
    );
    let handled = 0;
    const registry = new Registry();
    const consumer = new InboxConsumer(
      { stream, durable, aggregates: new Set(['application']) },
      broker,
      database,
      async () => {
        await pause(milliseconds);
        handled += 1;
      },
      () => undefined,
      new Telemetry(pino({ level: 'silent' }), registry),
    );
    consumer.start();
    await eventually(() => expect(handled).toBe(messages), 60_000);
    const info = await eventually(async () => {
      const found = await broker.manager.consumers.info(stream, durable);
      expect([found.num_pending, found.num_ack_pending]).toEqual([0, 0]);
      return found;
    });
    await consumer.stop();
    // Every delivery has a number: as many as there are messages, so each came once.
    expect(info.delivered.consumer_seq - before).toBe(messages);
    expect(handled).toBe(messages);
  }, 120_000);
});
