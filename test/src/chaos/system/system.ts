import { setTimeout as pause } from 'node:timers/promises';
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { quartersOf } from '@okienko/local/account';
import { Api } from '@okienko/local/api';
import type { Closing } from '@okienko/local/closing';
import type { ServiceDatabase } from '@okienko/local/databases';
import { type Issuer, startIssuer } from '@okienko/local/issuer';
import { startMailbox } from '@okienko/local/mailbox';
import { type SamplePartner, startPartner } from '@okienko/local/partner';
import { temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { startPostgres } from '@okienko/local/postgres';
import {
  bundleOf,
  prepareDatabase,
  prepareStreams,
  serviceChild,
  serviceSecrets,
  urlOf,
} from '@okienko/local/services';
import { Supervisor } from '@okienko/local/supervise';
import { type Service, services } from '@okienko/contracts/event';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { Pool } from 'pg';
import { TcpProxy } from '../tcp-proxy';
import { type NatsNode, startCluster } from './nats-cluster';

/** One process of a service, and its own ways to the database and the broker. */
export interface Replica {
  readonly name: string;
  readonly service: Service;
  readonly url: string;
  readonly toDatabase: TcpProxy;
  readonly toBroker: readonly TcpProxy[];
}

export interface System {
  readonly home: string;
  readonly supervisor: Supervisor;
  readonly replicas: readonly Replica[];
  readonly nodes: readonly NatsNode[];
  readonly issuer: Issuer;
  readonly partners: readonly SamplePartner[];
  readonly api: Api;
  /** The test's own ways in, past all proxies. */
  readonly admin: Pool;
  readonly broker: Broker;
  /** One more replica of a service, ready. */
  readonly grow: (service: Service) => Promise<Replica>;
  /** From now on this replica, which has ended, is not one of them. */
  readonly forget: (replica: Replica) => void;
  /** Starts the process of a replica, of this build, and waits until it is ready. */
  readonly launch: (replica: Replica, build: Bundles) => Promise<void>;
  /** Brings the schema of a service to where this build wants it. */
  readonly migrate: (service: Service, build: Bundles) => Promise<void>;
}

/** Where a build has the one file of each service. */
export type Bundles = (service: Service) => string;

export const namespace = 'okienko';

export interface SystemOptions {
  /** Data and logs stay where they are. */
  readonly keeps?: boolean;
  readonly build?: Bundles;
  /** Of each service, to begin with. */
  readonly replicasOfEach?: number;
}

/** The whole system as real processes: PostgreSQL, three NATS servers, four services, usually twice, each behind proxies of its own. */
export async function startSystem(
  closing: Closing,
  say: (line: string) => void,
  { keeps = false, build = bundleOf, replicasOfEach = 2 }: SystemOptions = {},
): Promise<System> {
  const home = temporaryHome();
  closing.add(() => {
    if (keeps) return say(`Data and logs are kept in ${home}.`);
    rmSync(home, { recursive: true, force: true });
    const { folder } = quartersOf(home);
    if (folder !== home) rmSync(folder, { recursive: true, force: true });
  });
  const supervisor = new Supervisor(home);
  closing.add(() => supervisor.stopAll());
  // A server of somebody else's must not be killed.
  delete process.env['DATABASE_URL'];
  delete process.env['NATS_URL'];
  const postgres = await startPostgres({ home, supervisor, say, port: await freePort() });
  const nodes = await startCluster(home, supervisor, say);
  const brokerUrl = nodes.map(({ port }) => `nats://127.0.0.1:${port}`).join(',');
  const issuer = await startIssuer({ home, port: await freePort() });
  closing.add(issuer.stop);
  const mailbox = await startMailbox({ home, port: await freePort() });
  closing.add(mailbox.stop);
  const partners = await Promise.all([0, 1].map(async () => startPartner({ port: await freePort() })));
  for (const partner of partners) closing.add(partner.stop);
  const options = {
    home,
    supervisor,
    adminUrl: postgres.url,
    brokerUrl,
    issuerUrl: issuer.url,
    smtpPort: mailbox.port,
    partnerPort: 0,
    ports: { catalogue: 0, cases: 0, providers: 0, notifications: 0 },
  };
  const database = await prepareDatabase(options);
  const migrate = async (service: Service, main: Bundles): Promise<void> => {
    const env = { PATH: process.env['PATH'], DATABASE_URL: database[service].migrate };
    await promisify(execFile)(process.execPath, [main(service), 'migrate'], { env });
  };
  await Promise.all(services.map((service) => migrate(service, build)));
  await prepareStreams(brokerUrl, namespace, nodes.length);
  const secrets = await serviceSecrets(home);
  const sinks = partners.map(({ url }) => new URL(url).host).join(',');
  const ways = new Map<Replica, Ways>();
  const launch = async (replica: Replica, main: Bundles): Promise<void> => {
    const { service, name, url } = replica;
    const { databaseUrl, brokerUrl: ownBrokerUrl } = ways.get(replica) as Ways;
    const ports = { ...options.ports, [service]: Number(new URL(url).port) };
    const child = serviceChild(service, { ...options, brokerUrl: ownBrokerUrl, ports }, databaseUrl, secrets, url);
    const env = { ...child.env, RATE_LIMIT: '10000000', LOG_LEVEL: 'warn' };
    await supervisor.start({
      ...child,
      // Not the small footprint of somebody's laptop: what is asked here is what it does under load.
      args: [main(service)],
      name,
      grace: 30_000,
      env: service === 'notifications' ? { ...env, ALLOWED_PRIVATE_SINKS: sinks } : env,
    });
  };
  const counts = new Map<Service, number>();
  const place = async (service: Service): Promise<Replica> => {
    const number = (counts.get(service) ?? 0) + 1;
    counts.set(service, number);
    const [replica, own] = await behindProxies(service, number, await freePort(), nodes, database, closing);
    ways.set(replica, own);
    await launch(replica, build);
    return replica;
  };
  const replicas = await Promise.all(
    services.flatMap((service) => Array.from({ length: replicasOfEach }, () => place(service))),
  );
  const address = new URL(postgres.url);
  address.pathname = '/okienko';
  const admin = new Pool({ connectionString: address.href, max: 6 });
  // A server that is killed ends them; the next query opens others.
  admin.on('error', () => undefined);
  closing.add(() => admin.end());
  const broker = await openBroker(brokerUrl, 'chaos');
  closing.add(() => broker.connection.close());
  return {
    home,
    supervisor,
    replicas,
    nodes,
    issuer,
    partners,
    admin,
    broker,
    async grow(service) {
      const replica = await place(service);
      replicas.push(replica);
      return replica;
    },
    forget: (replica) => void replicas.splice(replicas.indexOf(replica), 1),
    launch,
    migrate,
    api: new Api(inTurn(replicas), issuer.token),
  };
}

interface Ways {
  readonly databaseUrl: string;
  readonly brokerUrl: string;
}

async function behindProxies(
  service: Service,
  number: number,
  port: number,
  nodes: readonly NatsNode[],
  database: ServiceDatabase,
  closing: Closing,
): Promise<[Replica, Ways]> {
  const address = new URL(database[service].app);
  const toDatabase = await TcpProxy.to(Number(address.port));
  const toBroker = await Promise.all(nodes.map((node) => TcpProxy.to(node.port)));
  for (const proxy of [toDatabase, ...toBroker]) closing.add(() => proxy.stop());
  address.port = String(toDatabase.port);
  return [
    { name: `${service}-${number}`, service, url: urlOf(port), toDatabase, toBroker },
    {
      databaseUrl: address.href,
      brokerUrl: toBroker.map((proxy) => `nats://127.0.0.1:${proxy.port}`).join(','),
    },
  ];
}

/** A client's view of the replicas: each request goes to another one, as a load balancer would send it. */
function inTurn(replicas: readonly Replica[]): Readonly<Record<Service, string>> {
  let turn = 0;
  const next = (service: Service): string => {
    const all = replicas.filter((replica) => replica.service === service);
    return all[(turn += 1) % all.length]?.url ?? '';
  };
  return {
    get catalogue() {
      return next('catalogue');
    },
    get cases() {
      return next('cases');
    },
    get providers() {
      return next('providers');
    },
    get notifications() {
      return next('notifications');
    },
  };
}

export async function isReady({ url }: Replica): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** Seconds until the replica says that it is ready. */
export async function recovered(replica: Replica, within = 60_000): Promise<number> {
  const began = Date.now();
  while (!(await isReady(replica))) {
    if (Date.now() - began > within) break;
    await pause(50);
  }
  return (Date.now() - began) / 1000;
}
