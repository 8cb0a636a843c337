import { randomBytes, randomUUID } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { loadConfig, type ServiceConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import {
  type CloudEvent,
  type DomainEvent,
  envelope,
  type EventName,
  subjectOf,
  typeOf,
} from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import type { Clock } from '@okienko/messaging/clock';
import { freshContext } from '@okienko/messaging/context';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { planChanges } from '@okienko/messaging/topology-plan';
import { Pool } from 'pg';
import { eventually } from './eventually';
import { TestIssuer } from './test-issuer';

export interface Call {
  /** The caller's claims; without it no token is sent. */
  readonly as?: Partial<Principal>;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Idempotency-Key; a fresh one for each POST unless given, none when `null`. */
  readonly key?: string | null;
  /** Version for If-Match. */
  readonly ifMatch?: number;
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export interface ServiceUnderTest {
  readonly url: string;
  readonly namespace: string;
  readonly issuer: TestIssuer;
  /** Connection of the service's own role, and of the role that migrates. */
  readonly database: { readonly app: string; readonly migrate: string };
  http<Body = Record<string, unknown>>(method: string, path: string, call?: Call): Promise<Answer<Body>>;
  /** Plays another service: puts a real event on its stream. Returns the event's id. */
  publish(fact: DomainEvent, place: { readonly sequence: number; readonly id?: string }): Promise<string>;
  /** Waits for the service's own event on its stream. */
  published<Data = Record<string, unknown>>(name: EventName, subject?: string): Promise<CloudEvent<Data>>;
  /** Everything seen on the wire so far, in order. */
  events(name?: EventName): CloudEvent[];
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  eventually: typeof eventually;
  /** A second replica, on the same database and streams. */
  replica(): Promise<{ readonly url: string; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

const environmentOf = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the test run's set-up provides it.`);
  return value;
};

/** Starts one service as in production, on a database and a namespace of its own; the other services are played by the test. */
export async function startForTest<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  environment: Record<string, string> = {},
  clock?: Clock,
): Promise<ServiceUnderTest> {
  const mark = `t${randomBytes(5).toString('hex')}`;
  const adminUrl = environmentOf('TEST_DATABASE_URL');
  const brokerUrl = environmentOf('TEST_NATS_URL');
  const role = { suffix: `_${mark}` };
  const database = (await createServiceDatabase(adminUrl, mark, role))[definition.name];
  await migrateDatabase(definition, database.migrate);
  const broker = await openBroker(brokerUrl, `test ${mark}`);
  for (const change of await planChanges(broker.manager, mark)) await change.apply();
  const seen: CloudEvent[] = [];
  broker.connection.subscribe(`${mark}.>`, { callback: (_, message) => void seen.push(message.json<CloudEvent>()) });
  await broker.connection.flush();
  const issuer = await TestIssuer.start();
  const config = loadConfig(definition.config, {
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
    ...environment,
  });
  const service = await createService(definition, config, clock);
  await service.app.listen(0, '127.0.0.1');
  const url = await service.app.getUrl();
  const pool = new Pool({ connectionString: database.migrate, max: 3 });
  // A pool is over before its last connections are, and what removes the database does not wait for them.
  pool.on('error', () => undefined);

  const tested: ServiceUnderTest = {
    url,
    namespace: mark,
    issuer,
    database,
    async http<Body>(
      method: string,
      path: string,
      { as, body, headers, key, ifMatch }: Call = {},
    ): Promise<Answer<Body>> {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(as ? { Authorization: `Bearer ${await issuer.token(as)}` } : {}),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(method === 'POST' && key !== null ? { 'Idempotency-Key': key ?? randomUUID() } : {}),
          ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        body: (isJson && text ? JSON.parse(text) : text) as Body,
        headers: response.headers,
      };
    },
    async publish(fact, { sequence, id }) {
      const event = { ...envelope(fact, sequence, new Date(), freshContext()), ...(id === undefined ? {} : { id }) };
      await broker.streams.publish(`${mark}.${subjectOf(fact.contract)}`, JSON.stringify(event));
      return event.id;
    },
    published: <Data>(name: EventName, subject?: string) =>
      eventually(() => {
        const found = seen.find(
          (event) => event.type === typeOf(name) && (subject === undefined || event.subject === subject),
        );
        if (!found) throw new Error(`No ${name}${subject ? ` about ${subject}` : ''} on the stream.`);
        return found as CloudEvent<Data>;
      }),
    events: (name) => seen.filter((event) => name === undefined || event.type === typeOf(name)),
    sql: async <Row>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows as Row[],
    eventually,
    async replica() {
      const other = await createService(definition, config, clock);
      await other.app.listen(0, '127.0.0.1');
      return { url: await other.app.getUrl(), stop: () => other.stop() };
    },
    async stop() {
      await service.stop();
      await Promise.all([issuer.stop(), pool.end(), removeStreams(broker, mark)]);
      await broker.connection.close();
      await dropServiceDatabase(adminUrl, mark, role);
    },
  };
  await eventually(async () => {
    const { status, body } = await tested.http('GET', '/health/ready');
    if (status !== 200) throw new Error(`not ready: ${JSON.stringify(body)}`);
  }, 20_000);
  return tested;
}

async function removeStreams(broker: Broker, namespace: string): Promise<void> {
  const { streams, replay } = topology(namespace);
  for (const { name } of [...streams, replay]) await broker.manager.streams.delete(name);
}
