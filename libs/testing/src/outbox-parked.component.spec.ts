import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { checkout } from '@okienko/local/paths';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { OutboxRelay } from '@okienko/messaging/outbox-relay';
import { messagingTables } from '@okienko/messaging/tables';
import { Telemetry } from '@okienko/messaging/telemetry';
import { planChanges } from '@okienko/messaging/topology-plan';
import { Client } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { eventually } from './eventually';
import { NatsCluster } from './nats-cluster';
import { newestNats } from './nats-versions';

const page = readFileSync(join(checkout, 'docs', 'runbooks', 'outbox-parked.md'), 'utf8');
const commands = /As the role that owns the schema: `(.+?)`/.exec(page)?.[1] ?? '';

const mark = `p${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';

describe('docs/runbooks/outbox-parked.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'okienko-parked-'));
  let server: NatsCluster | undefined;
  let missing: string | undefined;
  let owner: Client;
  let databaseUrl: string;

  beforeAll(async () => {
    const nats = await newestNats();
    if ('missing' in nats) return void ({ missing } = nats);
    server = await NatsCluster.start({ binary: nats.binary, folders: [folder] });
    const database = (await createServiceDatabase(admin, mark, role)).cases;
    databaseUrl = database.app;
    owner = new Client({ connectionString: database.migrate });
    await owner.connect();
    for (const sql of messagingTables()) await owner.query(sql);
  }, 150_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
    if (missing !== undefined) return;
    await owner.end();
    await dropServiceDatabase(admin, mark, role);
  });

  /** The server with another limit, as an operator sets one: in its file, and a start. */
  async function limit(nats: NatsCluster, bytes: number): Promise<void> {
    const config = nats.nodes[0]?.config ?? '';
    writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), max_payload: bytes }));
    await nats.kill(0);
    nats.launch(0);
    await nats.ready();
  }

  /** The one replica of the service, for as long as `act` takes. */
  async function running(nats: NatsCluster, act: (broker: Broker, relay: OutboxRelay) => Promise<void>): Promise<void> {
    const broker = await openBroker(nats.url, mark);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
    const relay = new OutboxRelay(
      { service: 'cases', namespace: mark, databaseUrl, keepDays: 30 },
      broker,
      new Telemetry(pino({ level: 'silent' }), new Registry()),
    );
    relay.start();
    try {
      await act(broker, relay);
    } finally {
      await relay.stop();
      await broker.connection.close();
    }
  }

  async function write(aggregate: string, sequence: number, padding = ''): Promise<string> {
    const id = randomUUID();
    await owner.query(
      `insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event)
       values ($1, 'application', $2, $3, 'cases.application.submitted.v1', $4)`,
      [id, aggregate, sequence, JSON.stringify({ id, time: new Date().toISOString(), padding })],
    );
    return id;
  }

  async function stored({ manager }: Broker): Promise<string[]> {
    const stream = `${mark}_CASES`.toUpperCase();
    const { state } = await manager.streams.info(stream);
    const seen: string[] = [];
    for (let seq = 1; seq <= state.last_seq; seq += 1)
      seen.push((await manager.streams.getMessage(stream, { seq }))?.json<{ id: string }>().id ?? '');
    return seen;
  }

  const parked = async (): Promise<string[]> =>
    (await owner.query<{ id: string }>('select id from outbox_parked order by seq')).rows.map(({ id }) => id);

  it('is a repair: by the commands of the page every event that was set aside arrives, in order, and none twice', async () => {
    if (!server) return console.info(`Not played: ${missing}.`);
    const nats = server;
    await limit(nats, 65_536);
    const [matter, other] = [randomUUID(), randomUUID()];
    const first = await write(matter, 1);
    const large = await write(matter, 2, 'x'.repeat(100_000));
    const behind = await write(matter, 3);
    const elsewhere = await write(other, 1);
    await running(nats, async (broker) => {
      await eventually(async () => expect(await stored(broker)).toEqual([first, elsewhere]), 10_000);
      await eventually(async () => expect(await parked()).toEqual([large, behind]), 10_000);
    });

    // With the limit alone nothing comes back: what is set aside stays there until somebody has looked.
    await limit(nats, 1_048_576);
    const later = await write(other, 2);
    await running(nats, async (broker) => {
      await eventually(async () => expect(await stored(broker)).toEqual([first, elsewhere, later]), 10_000);
      expect(await parked()).toEqual([large, behind]);
    });

    await owner.query(commands);
    await running(nats, async (broker) => {
      await eventually(
        async () => expect(await stored(broker)).toEqual([first, elsewhere, later, large, behind]),
        10_000,
      );
      expect(await parked()).toEqual([]);
    });
  }, 90_000);
});
