import { randomBytes } from 'node:crypto';
import type { ServiceConfig } from '@okienko/chassis/config';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { topology } from '@okienko/contracts/streams';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { planChanges } from '@okienko/messaging/topology-plan';
import { Pool } from 'pg';
import { TestIssuer } from './test-issuer';

/** What a service of a test stands on: a migrated database, streams and an issuer of its own. */
export interface ServicePlace {
  /** Namespace of its streams, and part of the names of all that is its own. */
  readonly mark: string;
  readonly database: { readonly app: string; readonly migrate: string };
  readonly broker: Broker;
  readonly issuer: TestIssuer;
  /** As the role that migrates. */
  readonly pool: Pool;
  /** What the service is told about all of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Removes it; whoever uses it has ended before. */
  remove(): Promise<void>;
}

const environmentOf = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the test run's set-up provides it.`);
  return value;
};

export async function placeForTest<C extends ServiceConfig>(definition: ServiceDefinition<C>): Promise<ServicePlace> {
  const mark = `t${randomBytes(5).toString('hex')}`;
  const adminUrl = environmentOf('TEST_DATABASE_URL');
  const brokerUrl = environmentOf('TEST_NATS_URL');
  const role = { suffix: `_${mark}` };
  const database = (await createServiceDatabase(adminUrl, mark, role))[definition.name];
  await migrateDatabase(definition, database.migrate);
  const broker = await openBroker(brokerUrl, `test ${mark}`);
  for (const change of await planChanges(broker.manager, mark)) await change.apply();
  const issuer = await TestIssuer.start();
  const pool = new Pool({ connectionString: database.migrate, max: 3 });
  // A pool is over before its last connections are, and what removes the database does not wait for them.
  pool.on('error', () => undefined);
  return {
    mark,
    database,
    broker,
    issuer,
    pool,
    environment: {
      DATABASE_URL: database.app,
      NATS_URL: brokerUrl,
      EVENT_NAMESPACE: mark,
      OIDC_ISSUER: issuer.url,
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      RATE_LIMIT: '1000000',
      STRANGER_RATE_LIMIT: '1000000',
      // What a service does not ask for is left out.
      MASTER_KEY: randomBytes(32).toString('base64'),
      RECEIPT_KEY: randomBytes(32).toString('base64'),
    },
    async remove() {
      await Promise.all([issuer.stop(), pool.end(), removeStreams(broker, mark)]);
      await broker.connection.close();
      await dropServiceDatabase(adminUrl, mark, role);
    },
  };
}

async function removeStreams(broker: Broker, namespace: string): Promise<void> {
  const { streams, replay, partners } = topology(namespace);
  for (const { name } of [...streams, replay, partners]) await broker.manager.streams.delete(name);
}
