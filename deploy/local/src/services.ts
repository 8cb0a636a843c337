import { join } from 'node:path';
import { type Service, services } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { openBroker } from '@okienko/messaging/jetstream';
import { planChanges } from '@okienko/messaging/topology-plan';
import { generateSealingKeyPair, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { randomBytes } from 'node:crypto';
import { createServiceDatabase, type ServiceDatabase } from './databases';
import { checkout, folderOf } from './paths';
import { confidentialFile, keptSecrets } from './secrets';
import type { Child, Supervisor } from './supervise';

export interface ServicesOptions {
  readonly home: string;
  readonly supervisor: Supervisor;
  readonly adminUrl: string;
  readonly brokerUrl: string;
  /** How each service comes in to the broker; by `brokerUrl`, unless given. */
  readonly brokerUrlFor?: (service: Service) => string;
  readonly issuerUrl: string;
  readonly smtpPort: number;
  readonly partnerPort: number;
  readonly ports: Readonly<Record<Service, number>>;
}

export const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

const entry = (service: Service, script: 'bundle/main' | 'migrate'): string =>
  join(checkout, 'services', service, 'dist', `${script}.js`);

/** The service as one file, which is also its commands. */
export const bundleOf = (service: Service): string => entry(service, 'bundle/main');

/** Database, schemas and roles, with passwords that outlive a restart. */
export const prepareDatabase = ({ home, adminUrl }: ServicesOptions): Promise<ServiceDatabase> =>
  createServiceDatabase(adminUrl, 'okienko', { passwordOf: keptSecrets(home, 'database-passwords') });

/** Each service's migrations, as a deployment runs them: its own command under its own role. */
export async function migrate(
  database: ServiceDatabase,
  run: (program: string, args: string[], env: NodeJS.ProcessEnv) => Promise<void>,
): Promise<void> {
  await Promise.all(
    services.map((service) =>
      run(process.execPath, [entry(service, 'migrate')], { DATABASE_URL: database[service].migrate }),
    ),
  );
}

/** Streams and consumers as the contracts say; returns what had to be done. */
export async function prepareStreams(brokerUrl: string, namespace = 'okienko', replicas = 1): Promise<string[]> {
  const broker = await openBroker(brokerUrl, 'streams');
  try {
    const changes = await planChanges(broker.manager, namespace, replicas);
    for (const change of changes) await change.apply();
    return changes.map(({ what, differences }) => `${what}: ${differences}`);
  } finally {
    await broker.connection.close();
  }
}

export const countOfStreams = (): number => topology('okienko').streams.length;

/** Starts the four services as four processes under their own database roles. */
export async function startServices(options: ServicesOptions, database: ServiceDatabase): Promise<void> {
  const { supervisor, ports } = options;
  const secrets = await serviceSecrets(options.home);
  await Promise.all(
    services.map((service) =>
      supervisor.start(
        serviceChild(
          service,
          { ...options, brokerUrl: options.brokerUrlFor?.(service) ?? options.brokerUrl },
          database[service].app,
          secrets,
          urlOf(ports[service]),
        ),
      ),
    ),
  );
}

export interface ServiceSecrets {
  readonly key: (name: string) => string;
  readonly sealing: SealingKeyPair;
}

/** The keys of the services, random and kept in the home. */
export async function serviceSecrets(home: string): Promise<ServiceSecrets> {
  const keys = confidentialFile<Record<string, string>>(home, 'service-keys');
  const pair = confidentialFile<SealingKeyPair>(home, 'sealing-key');
  const sealing = pair.read() ?? (await generateSealingKeyPair());
  pair.write(sealing);
  return {
    sealing,
    key(name) {
      const known = keys.read() ?? {};
      const key = known[name] ?? randomBytes(32).toString('base64');
      if (known[name] === undefined) keys.write({ ...known, [name]: key });
      return key;
    },
  };
}

/** Where a service finds everybody else. */
export type Surroundings = Pick<ServicesOptions, 'brokerUrl' | 'issuerUrl' | 'smtpPort' | 'partnerPort'>;

/** What a service is told, but for its own address and its database. */
export function environmentOf(
  service: Service,
  { key, sealing }: ServiceSecrets,
  { brokerUrl, issuerUrl, smtpPort, partnerPort }: Surroundings,
): NodeJS.ProcessEnv {
  const special: Record<Service, NodeJS.ProcessEnv> = {
    catalogue: {
      MASTER_KEY: key('catalogue master'),
      RECEIPT_KEY: key('receipts'),
    },
    cases: {
      MASTER_KEY: key('cases master'),
      BLIND_INDEX_KEY: key('cases index'),
      SEALING_PUBLIC_KEY: JSON.stringify(sealing.publicJwk),
    },
    providers: {
      MASTER_KEY: key('providers master'),
      ANSWER_TOKEN_KEY: key('answer tokens'),
    },
    notifications: {
      MASTER_KEY: key('notifications master'),
      WEBHOOK_KEY: key('webhooks'),
      UNSUBSCRIBE_KEY: key('unsubscribe links'),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      MAIL_FROM: 'Centrum Usług Społecznych <cus@okienko.example>',
      MESSAGE_GRACE_SECONDS: '5',
      ALLOWED_PRIVATE_SINKS: [`127.0.0.1:${partnerPort}`, process.env['OKIENKO_SINKS'] ?? []].flat().join(','),
    },
  };
  return { PATH: process.env['PATH'], NATS_URL: brokerUrl, OIDC_ISSUER: issuerUrl, ...special[service] };
}

/** How Node keeps a service small, here and in images and units of systemd, which name the same. */
export const footprint = {
  flags: ['--max-semi-space-size=2', '--v8-pool-size=1'],
  env: {
    MALLOC_ARENA_MAX: '2',
    // What compiling one large file took, in pieces of 32 KiB, goes back to the machine; left to itself, the allocator keeps 30 MiB of it.
    MALLOC_MMAP_THRESHOLD_: '16384',
    MALLOC_TRIM_THRESHOLD_: '16384',
    MALLOC_TOP_PAD_: '16384',
  },
} as const;

/** One process of a service; a deployment may have several. */
export function serviceChild(
  service: Service,
  options: ServicesOptions,
  databaseUrl: string,
  secrets: ServiceSecrets,
  url: string,
): Child {
  return {
    name: service,
    command: process.execPath,
    // Four services beside everything else on somebody's laptop: footprint before speed.
    args: [...footprint.flags, '--optimize-for-size', entry(service, 'bundle/main')],
    env: {
      ...environmentOf(service, secrets, options),
      ...footprint.env,
      // A service that starts again after a crash need not compile everything anew.
      NODE_COMPILE_CACHE: folderOf(options.home, 'compiled'),
      FILES_FOLDER: folderOf(options.home, 'files'),
      PORT: String(options.ports[service]),
      PUBLIC_URL: url,
      DATABASE_URL: databaseUrl,
    },
    ready: async () => {
      const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) });
      if (!response.ok) throw new Error(`not ready: ${await response.text()}`);
    },
  };
}
