import { randomUUID } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { loadConfig, type ServiceConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import {
  type CloudEvent,
  type DomainEvent,
  envelope,
  type EventName,
  subjectOf,
  typeOf,
} from '@okienko/contracts/event';
import type { Clock } from '@okienko/messaging/clock';
import { freshContext } from '@okienko/messaging/context';
import { eventually } from './eventually';
import { placeForTest } from './service-place';
import type { TestIssuer } from './test-issuer';

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

/** Starts one service as in production, on a database and a namespace of its own; the other services are played by the test. */
export async function startForTest<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  environment: Record<string, string> = {},
  clock?: Clock,
): Promise<ServiceUnderTest> {
  const place = await placeForTest(definition);
  const { mark, database, broker, issuer, pool } = place;
  const seen: CloudEvent[] = [];
  broker.connection.subscribe(`${mark}.>`, {
    callback: (_, message) => {
      // What lies ready for partners has been said before.
      if (!message.subject.startsWith(`${mark}.partners.`)) seen.push(message.json<CloudEvent>());
    },
  });
  await broker.connection.flush();
  const config = loadConfig(definition.config, { ...place.environment, ...environment });
  const service = await createService(definition, config, clock);
  await service.app.listen(0, '127.0.0.1');
  const url = await service.app.getUrl();

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
      const isJson = /json\b/.test(response.headers.get('content-type') ?? '');
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
      await place.remove();
    },
  };
  await eventually(async () => {
    const { status, body } = await tested.http('GET', '/health/ready');
    if (status !== 200) throw new Error(`not ready: ${JSON.stringify(body)}`);
  }, 20_000);
  return tested;
}
