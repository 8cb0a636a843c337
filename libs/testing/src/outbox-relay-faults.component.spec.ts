import { randomBytes, randomUUID } from 'node:crypto';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { OutboxRelay } from '@okienko/messaging/outbox-relay';
import { reconcile } from '@okienko/messaging/reconcile';
import { messagingTables } from '@okienko/messaging/tables';
import { Telemetry } from '@okienko/messaging/telemetry';
import { planChanges } from '@okienko/messaging/topology-plan';
import { Client } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { eventually } from './eventually';

const mark = `f${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const stream = `${mark}_CASES`.toUpperCase();

describe('the outbox relay under faults', () => {
  let owner: Client;
  let broker: Broker;
  let relay: OutboxRelay;

  beforeAll(async () => {
    const database = (await createServiceDatabase(admin, mark, role)).cases;
    owner = new Client({ connectionString: database.migrate });
    await owner.connect();
    for (const sql of messagingTables()) await owner.query(sql);
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', mark);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
    relay = new OutboxRelay(
      { service: 'cases', namespace: mark, databaseUrl: database.app, keepDays: 30 },
      broker,
      new Telemetry(pino({ level: 'silent' }), new Registry()),
    );
    relay.start();
  }, 60_000);
  afterAll(async () => {
    await relay.stop();
    for (const source of ['CATALOGUE', 'CASES', 'PROVIDERS', 'NOTIFICATIONS', 'SEALED'])
      await broker.manager.streams.delete(`${mark}_${source}`.toUpperCase());
    await broker.connection.close();
    await owner.end();
    await dropServiceDatabase(admin, mark, role);
  });

  const write = async (padding = ''): Promise<string> => {
    const id = randomUUID();
    const body = JSON.stringify({ id, time: new Date().toISOString(), padding });
    await owner.query(
      `insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ($1, 'application', $2, 1, 'cases.application.submitted.v1', $3)`,
      [id, randomUUID(), body],
    );
    relay.nudge();
    return id;
  };
  const stored = async (): Promise<string[]> => {
    const { state } = await broker.manager.streams.info(stream);
    const seen: string[] = [];
    for (let seq = 1; seq <= state.last_seq; seq += 1)
      seen.push((await broker.manager.streams.getMessage(stream, { seq }))?.json<{ id: string }>().id ?? '');
    return seen;
  };

  test('what was read when a statement failed is read again', async () => {
    const before = await write();
    await eventually(async () => expect(await stored()).toEqual([before]));
    await owner.query('alter table outbox_parked rename to away');
    const during = await write();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await owner.query('alter table away rename to outbox_parked');
    const after = await write();
    await eventually(async () => expect(await stored()).toEqual([before, during, after]), 8000);
  }, 20_000);

  test('an event larger than the server takes is set aside, and the rest flows on', async () => {
    const large = await write('x'.repeat(1_100_000));
    const next = await write();
    await eventually(async () => expect(await stored()).toContain(next), 8000);
    const { rows } = await owner.query<{ id: string }>('select id from outbox_parked');
    expect(rows).toEqual([{ id: large }]);
  }, 20_000);

  test('a stream that is emptied under a running relay is filled again with the next event', async () => {
    const last = await write();
    const before = await eventually(async () => {
      const all = await stored();
      expect(all).toContain(last);
      return all;
    });
    await broker.manager.streams.delete(stream);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
    const next = await write();
    await eventually(async () => expect(new Set(await stored())).toEqual(new Set([...before, next])), 8000);
  }, 20_000);

  test('an emptied broker is filled from the oldest row that is kept, and not from numbers long gone', async () => {
    await relay.stop();
    await owner.query('delete from outbox');
    await owner.query('alter sequence outbox_seq_seq restart with 5000000');
    await write();
    await owner.query('update outbox_relay set low = 5000000');
    await broker.manager.streams.delete(stream);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
    const sql = {
      query: async <Row>(text: string, values?: unknown[]) => (await owner.query(text, values)).rows as Row[],
    };
    expect(await reconcile(sql, broker.manager)).toMatchObject({ low: 4999999n });
  });
});
