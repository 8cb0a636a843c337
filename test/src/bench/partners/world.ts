import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Principal } from '@okienko/chassis/access';
import { type CloudEvent, type DomainEvent, envelope, subjectOf } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { temporaryHome } from '@okienko/local/paths';
import { freshContext } from '@okienko/messaging/context';
import { notificationsService } from '@okienko/notifications/service';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { placeForTest } from '@okienko/testing/service-place';
import { Replica } from './replica';

export interface Subscribed {
  readonly id: string;
  readonly secret: string;
  readonly partnerId: string;
}

export interface Wish {
  readonly sink: string;
  readonly types: readonly string[];
  readonly filters: readonly object[];
}

/** `notifications` as two processes, on engines of the benchmark's own. */
export interface World {
  readonly versions: Readonly<Record<string, string>>;
  readonly replicas: readonly Replica[];
  readonly url: string;
  /** Plays another service: puts an event on its stream, and resolves when the broker has it. */
  publish(fact: DomainEvent, sequence: number): { readonly event: CloudEvent; readonly stored: Promise<unknown> };
  call<Body>(method: string, path: string, as: Partial<Principal>, body?: object): Promise<Body>;
  /** A partner with a grant for all events, in these gminas, and one subscription. */
  subscribe(partnerId: string, gminas: readonly string[], wish: Wish): Promise<Subscribed>;
  token(as: Partial<Principal>): Promise<string>;
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}

export const partner = (partnerId: string) => ({ sub: `system-${partnerId}`, roles: ['partner'] as const, partnerId });
const director = { sub: 'director', roles: ['director'] } as const;

/** `sinks`: `host:port` of every sink. */
export async function prepareWorld(
  closing: Closing,
  sinks: readonly string[],
  say: (sentence: string) => void,
): Promise<World> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const { postgres, nats, stop } = await startEngines({ home, ports: 'free', syncAlways: false });
  closing.add(() => stop());
  say(`  ${postgres.source}, ${postgres.version}; ${nats.source}, ${nats.version}`);
  process.env['TEST_DATABASE_URL'] = postgres.url;
  process.env['TEST_NATS_URL'] = nats.url;
  const place = await placeForTest(notificationsService);
  closing.add(() => place.remove());
  const environment = {
    ...place.environment,
    PATH: process.env['PATH'],
    WEBHOOK_KEY: randomBytes(32).toString('base64'),
    SEALING_PRIVATE_KEY: JSON.stringify((await generateSealingKeyPair()).privateJwk),
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'cus@cus.example.pl',
    ALLOWED_PRIVATE_SINKS: sinks.join(','),
  };
  const replicas = [await Replica.start(environment), await Replica.start(environment)];
  for (const replica of replicas) closing.add(() => replica.stop());
  const url = replicas[0]?.url ?? '';
  const token = (as: Partial<Principal>): Promise<string> => place.issuer.token(as);
  const call = async <Body>(method: string, path: string, as: Partial<Principal>, body?: object): Promise<Body> => {
    const headers = {
      authorization: `Bearer ${await token(as)}`,
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...(body && { 'content-type': 'application/json' }),
    };
    const answer = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Body;
  };
  return {
    versions: { node: process.versions.node, postgres: postgres.version, nats: nats.version },
    replicas,
    url,
    token,
    call,
    publish(fact, sequence) {
      const event = envelope(fact, sequence, new Date(), freshContext());
      const stored = place.broker.streams.publish(`${place.mark}.${subjectOf(fact.contract)}`, JSON.stringify(event));
      return { event, stored };
    },
    async subscribe(partnerId, gminas, wish) {
      const types = ['cases.plan.', 'catalogue.service-offer.'];
      const grant = { partnerId, types, gminas, validFrom: '2020-01-01', validTo: '2199-12-31' };
      await call('POST', '/grants', director, grant);
      const made = await call<Omit<Subscribed, 'partnerId'>>('POST', '/subscriptions', partner(partnerId), wish);
      return { ...made, partnerId };
    },
    sql: async <Row>(text: string, values: unknown[] = []) => (await place.pool.query(text, values)).rows as Row[],
  };
}
