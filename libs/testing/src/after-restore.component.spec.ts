import { randomBytes, randomUUID } from 'node:crypto';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { afterRestore, type AfterRestoreSettings, StillRunning } from '@okienko/messaging/after-restore';
import type { Sql } from '@okienko/messaging/gap-reader';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { assertSameHistory, StreamsAhead } from '@okienko/messaging/lineage';
import { OutboxRelay } from '@okienko/messaging/outbox-relay';
import { messagingTables } from '@okienko/messaging/tables';
import { Telemetry } from '@okienko/messaging/telemetry';
import { planChanges } from '@okienko/messaging/topology-plan';
import { Client } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { eventually } from './eventually';

const mark = `r${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const stream = `${mark}_CASES`.toUpperCase();
const sealed = `${mark}_SEALED`.toUpperCase();
const contact = { subject: 'sealed.cases.person-contact.changed.v1', type: 'person-contact' };
const place = { service: 'cases', namespace: mark } as const;

describe('a database that was restored', () => {
  let owner: Client;
  let sql: Sql;
  let broker: Broker;
  let stopped: () => Promise<void> = () => Promise.resolve();
  let appUrl = '';

  beforeAll(async () => {
    const database = (await createServiceDatabase(admin, mark, role)).cases;
    appUrl = database.app;
    owner = new Client({ connectionString: database.migrate });
    await owner.connect();
    sql = { query: async <Row>(text: string, values?: unknown[]) => (await owner.query(text, values)).rows as Row[] };
    for (const statement of messagingTables()) await owner.query(statement);
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', mark);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
  }, 60_000);
  afterAll(async () => {
    await stopped();
    for (const source of ['CATALOGUE', 'CASES', 'PROVIDERS', 'NOTIFICATIONS', 'SEALED', 'REPLAY', 'PARTNERS'])
      await broker.manager.streams.delete(`${mark}_${source}`.toUpperCase());
    await broker.connection.close();
    await owner.end();
    await dropServiceDatabase(admin, mark, role);
  });

  const relay = () => {
    let strays = 0;
    const one = new OutboxRelay(
      { ...place, databaseUrl: appUrl, keepDays: 30 },
      broker,
      new Telemetry(pino({ level: 'silent' }), new Registry()),
      () => (strays += 1),
    );
    one.start();
    stopped = () => one.stop();
    return { stop: stopped, strays: () => strays };
  };
  const write = async (
    aggregate: string,
    sequence: number,
    { subject = 'cases.application.submitted.v1', type = 'application' } = {},
  ): Promise<string> => {
    const id = randomUUID();
    const event = {
      specversion: '1.0',
      id,
      type: `pl.okienko.${subject.replace('sealed.', '')}`,
      source: 'test',
      subject: aggregate,
      sequence: String(sequence),
      time: new Date().toISOString(),
      data: {},
    };
    await owner.query(
      `insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ($1, $2, $3, $4, $5, $6)`,
      [id, type, aggregate, sequence, subject, JSON.stringify(event)],
    );
    return id;
  };
  const streamed = async (of = stream): Promise<string[]> => {
    const { state } = await broker.manager.streams.info(of);
    const seen: string[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      const message = await broker.manager.direct.getMessage(of, { seq });
      if (message) seen.push(message.json<{ id: string }>().id);
    }
    return seen;
  };
  const branch = (): Promise<unknown> => owner.query(`update outbox_relay set lineage = 'another/00000001'`);
  const restore = (settings: Partial<AfterRestoreSettings> = {}) =>
    afterRestore(sql, broker, {
      ...place,
      replicas: 1,
      apply: true,
      complete: false,
      numbers: 1000,
      lostElsewhere: [],
      ...settings,
    });
  const aggregate = randomUUID();
  let kept = '';

  test('is not touched while a replica runs', async () => {
    const running = relay();
    kept = await write(aggregate, 1);
    await eventually(async () => expect(await streamed()).toEqual([kept]));
    await expect(restore()).rejects.toThrow(StillRunning);
    await running.stop();
    // The connection that asked keeps what it did not get; nothing is held by it.
    expect((await sql.query<{ noted: string | null }>('select lineage as noted from outbox_relay'))[0]?.noted).toMatch(
      /^\d+\/[0-9A-F]{8}$/,
    );
  }, 30_000);

  test('to its last commit, or that was taken over from, goes on by itself', async () => {
    await branch();
    await expect(assertSameHistory(sql, broker.manager, place)).resolves.toBeUndefined();
    expect(await restore({ apply: false })).toMatchObject({ database: 'same', lost: [], unheard: 0 });
  });

  test('to an earlier moment publishes nothing until its streams follow it', async () => {
    let running = relay();
    const keptContact = await write(aggregate, 1, contact);
    const lost = await write(aggregate, 2);
    const lostContact = await write(aggregate, 2, contact);
    await eventually(async () => {
      expect(await streamed()).toEqual([kept, lost]);
      expect(await streamed(sealed)).toEqual([keptContact, lostContact]);
    });
    await running.stop();
    // What a restore to the moment before leaves.
    await owner.query('delete from outbox where id = any($1)', [[lost, lostContact]]);
    await owner.query('delete from outbox_stream');
    await branch();

    running = relay();
    const again = await write(aggregate, 2);
    await eventually(() => expect(running.strays()).toBeGreaterThan(0));
    expect(await streamed()).toEqual([kept, lost]);
    await running.stop();
    await expect(assertSameHistory(sql, broker.manager, place)).rejects.toThrow(StreamsAhead);

    const look = await restore({ apply: false });
    expect(look).toMatchObject({ database: 'earlier', applied: false });
    expect(look.lost.map(({ id, sequence }) => [id, sequence])).toEqual([
      [lost, 2],
      [lostContact, 2],
    ]);
    expect(await streamed()).toEqual([kept, lost]);
    expect(await streamed(sealed)).toEqual([keptContact, lostContact]);

    const numbers: number[] = [];
    const follow: AfterRestoreSettings['follow'] = (_, count) => Promise.resolve({ count: numbers.push(count) });
    expect(await restore({ follow })).toMatchObject({ database: 'earlier', applied: true, saysFrom: '0' });
    // Nobody was delivered anything, so no number was given out for it.
    expect(numbers).toEqual([0]);
    running = relay();
    // An address that is no longer known is gone; the next one of the same number must not meet it.
    await eventually(async () => {
      expect(await streamed()).toEqual([kept, again]);
      expect(await streamed(sealed)).toEqual([keptContact]);
    });
    await running.stop();
    expect(await restore({ apply: false })).toMatchObject({ database: 'same', lost: [] });
  }, 60_000);

  test('together with a lost broker cannot prove that it is complete: numbers are passed over unless somebody knows', async () => {
    await branch();
    await broker.manager.streams.delete(stream);
    expect(await restore({ apply: false })).toMatchObject({ database: 'earlier', unheard: undefined });
    expect(await restore({ apply: false, complete: true })).toMatchObject({ database: 'complete' });
    const numbers: number[] = [];
    const follow: AfterRestoreSettings['follow'] = (_, count) => Promise.resolve({ count: numbers.push(count) });
    await restore({ follow, numbers: 70 });
    expect(numbers).toEqual([70]);
    const running = relay();
    await eventually(async () => expect(await streamed()).toHaveLength(2));
    await running.stop();
  }, 30_000);

  test('says when it has acted on what another service has lost', async () => {
    const id = randomUUID();
    await owner.query(`insert into inbox (consumer, event_id) values ('cases-reads-providers', $1)`, [id]);
    expect(await restore({ apply: false, lostElsewhere: [id, randomUUID()] })).toMatchObject({ heardOfLost: 1 });
  });
});
