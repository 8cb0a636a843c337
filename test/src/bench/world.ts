import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Closing } from '@okienko/local/closing';
import { createServiceDatabase, dropServiceDatabase, type ServiceAccess } from '@okienko/local/databases';
import { startEngines } from '@okienko/local/engines';
import { checkout, temporaryHome } from '@okienko/local/paths';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { messagingTables } from '@okienko/messaging/tables';
import { planChanges } from '@okienko/messaging/topology-plan';
import { Client } from 'pg';
import { jobTables } from './job';

/** Engines of the benchmark's own, with the backbone's tables and streams, and an empty database for the peers. */
export interface World {
  readonly namespace: string;
  readonly brokerUrl: string;
  readonly broker: Broker;
  /** A schema with the backbone's tables and those of the job. */
  readonly ours: ServiceAccess;
  /** Another one, whose outbox will be large. */
  readonly grown: ServiceAccess;
  /** A database of their own for the peers, as a superuser. */
  readonly peers: string;
  readonly hardware: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly closing: Closing;
}

export const hardware = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}`;

export async function prepareWorld(closing: Closing, say: (sentence: string) => void): Promise<World> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  // One slot of logical decoding is for a peer; ours needs none. NATS syncs as it does by default, and so it is for every contestant.
  const engines = await startEngines({
    home,
    ports: 'free',
    syncAlways: false,
    postgresSettings: { wal_level: 'logical', max_wal_size: '4GB' },
  });
  closing.add(() => engines.stop());
  const { postgres, nats } = engines;
  say(`  ${postgres.source}, ${postgres.version}; ${nats.source}, ${nats.version}`);
  const mark = `bench_${randomBytes(4).toString('hex')}`;
  const [first, second, peers] = [`${mark}_ours`, `${mark}_grown`, `${mark}_peers`];
  for (const name of [first, second])
    closing.add(() => dropServiceDatabase(postgres.url, name, { suffix: `_${name}` }));
  const [ours, grown] = [await schemaIn(postgres.url, first), await schemaIn(postgres.url, second)];
  await statements(postgres.url, `create database ${peers}`);
  closing.add(() => statements(postgres.url, `drop database ${peers} with (force)`));
  const peersUrl = new URL(postgres.url);
  peersUrl.pathname = `/${peers}`;
  await statements(peersUrl.href, ...jobTables);
  const broker = await openBroker(nats.url, 'benchmark');
  closing.add(() => broker.connection.close());
  for (const change of await planChanges(broker.manager, mark)) await change.apply();
  closing.add(() => removeStreams(broker, mark));
  return {
    namespace: mark,
    brokerUrl: nats.url,
    broker,
    ours,
    grown,
    peers: peersUrl.href,
    hardware,
    versions: { node: process.versions.node, postgres: postgres.version, nats: nats.version },
    closing,
  };
}

async function schemaIn(adminUrl: string, database: string): Promise<ServiceAccess> {
  const { cases } = await createServiceDatabase(adminUrl, database, { suffix: `_${database}` });
  await statements(cases.migrate, ...messagingTables(), ...jobTables);
  return cases;
}

async function removeStreams(broker: Broker, namespace: string): Promise<void> {
  for await (const { config } of broker.manager.streams.list())
    if (config.name.startsWith(`${namespace}_`.toUpperCase())) await broker.manager.streams.delete(config.name);
}

export async function statements(url: string, ...texts: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const text of texts) await client.query(text);
  } finally {
    await client.end();
  }
}

/** Of an installed package. Not all of them let their own description be imported. */
export const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(checkout, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version;
