import { randomBytes } from 'node:crypto';
import { Injectable, Module } from '@nestjs/common';
import { loadConfig, ServiceConfig } from '@okienko/chassis/config';
import { createService, type RunningService } from '@okienko/chassis/create-service';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { event } from '@okienko/contracts/event';
import { providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';
import { topology } from '@okienko/contracts/streams';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { messagingTables } from '@okienko/messaging/tables';
import { planChanges } from '@okienko/messaging/topology-plan';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from './eventually';

const mark = `w${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const brokerUrl = process.env['TEST_NATS_URL'] ?? '';

class Thing {
  readonly version!: number;
  constructor(readonly id: string) {}
}

class Create1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of messagingTables()) await runner.query(sql);
    await runner.query('create table thing (id uuid primary key, version int not null)');
  }
  async down(): Promise<void> {}
}

let work: UnitOfWork;
@Injectable()
class Desk {
  constructor(ours: UnitOfWork) {
    work = ours;
  }
}
@Module({ providers: [Desk] })
class Things {}

const definition: ServiceDefinition = {
  name: 'providers',
  module: Things,
  config: ServiceConfig,
  mappings: [
    new EntitySchema<Thing>({
      name: 'Thing',
      target: Thing,
      tableName: 'thing',
      columns: { id: { type: 'uuid', primary: true }, version: { type: 'int' } },
    }),
  ],
  migrations: [Create1764748800000],
};

describe('a service whose streams are missing', () => {
  const lines: { level: number; msg: string; error?: string }[] = [];
  let broker: Broker;
  let service: RunningService;

  beforeAll(async () => {
    const database = (await createServiceDatabase(admin, mark, role)).providers;
    await migrateDatabase(definition, database.migrate);
    broker = await openBroker(brokerUrl, mark);
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(JSON.parse(String(line)) as (typeof lines)[number]);
      return true;
    });
    const config = loadConfig(ServiceConfig, {
      DATABASE_URL: database.app,
      NATS_URL: brokerUrl,
      EVENT_NAMESPACE: mark,
      OIDC_ISSUER: 'http://127.0.0.1:9',
      LOG_LEVEL: 'info',
    });
    service = await createService(definition, config);
    await service.app.listen(0, '127.0.0.1');
  }, 60_000);
  afterAll(async () => {
    await service.stop();
    jest.restoreAllMocks();
    for (const { name } of topology(mark).streams) await broker.manager.streams.delete(name).catch(() => false);
    await broker.connection.close();
    await dropServiceDatabase(admin, mark, role);
  });

  const health = async (): Promise<{ status: number; events: unknown }> => {
    const response = await fetch(`${await service.app.getUrl()}/health/ready`);
    return { status: response.status, events: ((await response.json()) as { events: unknown }).events };
  };
  const stored = async (): Promise<number> =>
    (await broker.manager.streams.info(`${mark.toUpperCase()}_PROVIDERS`)).state.messages;
  const waits = () => lines.filter(({ msg }) => msg === 'messaging.waits').map(({ error }) => error);

  test('starts, says what it lacks and what to do, and begins by itself when it is there', async () => {
    const ours = topology(mark);
    const lacking = [
      ...ours.streams.map(({ name }) => `stream ${name}`),
      ...ours.consumers.filter((plan) => plan.service === 'providers').map(({ durable }) => `consumer ${durable}`),
    ];
    await eventually(() => expect(waits().length).toBeGreaterThan(0));
    expect(waits()[0]).toBe(`The broker lacks ${lacking.join(', ')}. Run "npm run streams" for this deployment.`);
    expect(await health()).toEqual({ status: 200, events: 'waiting for the broker' });
    const id = uuidv7();
    await work.run(({ save }) => save(new Thing(id), event(providerRegisteredV1, id, { kind: 'NGO' })));

    const changes = await planChanges(broker.manager, mark);
    for (const change of changes.filter(({ what }) => what.startsWith('stream'))) await change.apply();
    const said = waits().length;
    await eventually(() => expect(waits().length).toBeGreaterThan(said), 15_000);
    expect(waits().at(-1)).toBe(
      'The broker lacks consumer providers-reads-catalogue, consumer providers-reads-cases. Run "npm run streams" for this deployment.',
    );
    expect(await stored()).toBe(0);

    for (const change of changes.filter(({ what }) => what.startsWith('consumer'))) await change.apply();
    await eventually(async () => expect(await stored()).toBe(1), 15_000);
    expect((await health()).status).toBe(200);
    expect((await health()).events).not.toBe('waiting for the broker');
  }, 60_000);
});
