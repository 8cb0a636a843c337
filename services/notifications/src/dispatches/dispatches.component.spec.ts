import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { loadConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import { planClosedV1 } from '@okienko/contracts/cases/plan-closed.v1';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { type CloudEvent, event } from '@okienko/contracts/event';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { Webhook } from 'standardwebhooks';
import { NotificationsConfig } from '../config';
import { covers, coversInSql, partnerEvents } from '../grants/event-types';
import { notificationsService } from '../service';

jest.setTimeout(30_000);

interface Hit {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
type Reply = { readonly status: number; readonly headers?: Record<string, string> } | 'silence';

/** A partner's system: remembers what was posted, and answers each path with the next of its set replies, else 204. */
class PartnerSystem {
  readonly hits: Hit[] = [];
  readonly replies = new Map<string, Reply[]>();
  readonly always = new Map<string, Reply>();
  private readonly server: Server = createServer((request, response) => {
    const path = request.url ?? '';
    void text(request).then((body) => {
      this.hits.push({ path, headers: request.headers, body });
      const reply = this.replies.get(path)?.shift() ?? this.always.get(path) ?? { status: 204 };
      if (reply !== 'silence') response.writeHead(reply.status, reply.headers).end();
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  at(path: string): Hit[] {
    return this.hits.filter((hit) => hit.path === path);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

interface Subscribed {
  readonly id: string;
  readonly secret: string;
  readonly partnerId: string;
  readonly path: string;
  readonly grant: { readonly id: string; readonly version: number };
}

const director = { sub: 'director-maria', roles: ['director'] } as const;
const operator = { sub: 'operator-jan', roles: ['operator'] } as const;
const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const partner = (partnerId: string) => ({ sub: `system-${partnerId}`, roles: ['partner'] as const, partnerId });
const forTheYear = { validFrom: '2020-01-01', validTo: '2199-12-31' };
const eventOf = ({ body }: Hit): CloudEvent => JSON.parse(body) as CloudEvent;

describe('events to partners', () => {
  const system = new PartnerSystem();
  let place: string;
  let environment: Record<string, string>;
  let service: ServiceUnderTest;

  beforeAll(async () => {
    place = await system.start();
    const { privateJwk } = await generateSealingKeyPair();
    environment = {
      MASTER_KEY: randomBytes(32).toString('base64'),
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'wiadomosci@cus.example.pl',
      ALLOWED_PRIVATE_SINKS: place,
    };
    service = await startForTest(notificationsService, environment);
  }, 60_000);
  afterAll(async () => {
    // First the sinks: a post that waits for a silent one ends with it.
    system.stop();
    await service?.stop();
  });
  // Each test has subscriptions of its own; those of the tests before want nothing more.
  afterEach(() => service.sql('update subscription set ended_at = now() where ended_at is null'));

  const subscribe = async (types: string[], granted = types): Promise<Subscribed> => {
    const partnerId = `partner-${randomUUID()}`;
    const path = `/${partnerId}`;
    const given = await service.http<{ id: string; version: number }>('POST', '/grants', {
      as: director,
      body: { partnerId, types: granted, ...forTheYear },
    });
    expect(given.status).toBe(201);
    const made = await service.http<{ id: string; secret: string }>('POST', '/subscriptions', {
      as: partner(partnerId),
      body: { sink: `http://${place}${path}`, types },
    });
    expect(made.status).toBe(201);
    return { ...made.body, partnerId, path, grant: given.body };
  };
  const redraft = (plan: string, sequence: number): Promise<string> =>
    service.publish(event(planRedraftedV1, plan, { personId: randomUUID() }), { sequence });
  const withdraw = (offer: string, sequence = 1): Promise<string> =>
    service.publish(event(serviceOfferWithdrawnV1, offer, { reasonCode: 'EXAMPLE' }), { sequence });
  const arrived = (path: string, count: number): Promise<Hit[]> =>
    service.eventually(() => {
      const hits = system.at(path);
      expect(hits).toHaveLength(count);
      return hits;
    });
  const dispatchesOf = async ({ id, partnerId }: Subscribed, query = '') =>
    (
      await service.http<{
        items: { sequence: number; eventId: string; state: string; attempts: number; lastStatus: number | null }[];
      }>('GET', `/subscriptions/${id}/dispatches${query}`, { as: partner(partnerId) })
    ).body.items;
  const inState = (subscription: Subscribed, ...states: string[]) =>
    service.eventually(async () => {
      const dispatches = await dispatchesOf(subscription);
      expect(dispatches.map(({ state }) => state)).toEqual(states);
      return dispatches;
    });
  const due = ({ id }: Subscribed) =>
    service.sql(
      `update dispatch set next_attempt_at = now(), leased_until = null where subscription_id = $1 and state = 'PENDING'`,
      [id],
    );
  const attempted = ({ id }: Subscribed, attempts: number) =>
    service.eventually(async () => {
      const rows = await service.sql('select 1 from dispatch_attempt where subscription_id = $1 and attempt = $2', [
        id,
        attempts,
      ]);
      expect(rows.length).toBeGreaterThan(0);
      const [open] = await service.sql('select 1 from dispatch where subscription_id = $1 and leased_until > now()', [
        id,
      ]);
      expect(open).toBeUndefined();
    });
  const quiet = () => new Promise((resolve) => setTimeout(resolve, 700));

  it('an event reaches the sink signed, numbered, and byte for byte as it was published', async () => {
    const subscription = await subscribe(['cases.plan.']);
    const plan = randomUUID();
    const id = await redraft(plan, 1);
    await withdraw(randomUUID());
    const [hit] = await arrived(subscription.path, 1);

    const published = service.events('cases.plan.redrafted.v1').find((one) => one.id === id);
    expect(hit?.body).toBe(JSON.stringify(published));
    expect(hit?.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': id,
      'okienko-sequence': '1',
    });
    const verified = new Webhook(subscription.secret).verify(hit?.body ?? '', hit?.headers as Record<string, string>);
    expect(verified).toMatchObject({ id, subject: plan, type: 'pl.okienko.cases.plan.redrafted.v1' });
    const other = new Webhook(`whsec_${randomBytes(32).toString('base64')}`);
    expect(() => other.verify(hit?.body ?? '', hit?.headers as Record<string, string>)).toThrow();

    const [dispatch] = await inState(subscription, 'DELIVERED');
    expect(dispatch).toMatchObject({ sequence: 1, eventId: id, attempts: 1, lastStatus: 204 });
  });

  it('the same event can be pulled, with the same number and the same bytes', async () => {
    const subscription = await subscribe(['cases.plan.']);
    const ids = [];
    for (let count = 0; count < 5; count += 1) ids.push(await redraft(randomUUID(), 1));
    const hits = await arrived(subscription.path, 5);
    const pull = (query: string) =>
      service.http<string | { items: { sequence: number; event: CloudEvent }[]; next?: string }>(
        'GET',
        `/subscriptions/${subscription.id}/events${query}`,
        { as: partner(subscription.partnerId) },
      );
    const first = (await pull('?limit=3')).body as { items: { sequence: number; event: CloudEvent }[]; next?: string };
    expect(first.items.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(first.next).toBe('3');
    const rest = (await pull('?after=3&limit=3')).body as typeof first;
    expect(rest.items.map(({ sequence }) => sequence)).toEqual([4, 5]);
    expect(rest.next).toBeUndefined();
    const pulled = [...first.items, ...rest.items];
    expect(new Set(pulled.map((item) => item.event.id))).toEqual(new Set(ids));
    for (const { sequence, event: one } of pulled) {
      const posted = hits.find((hit) => hit.headers['okienko-sequence'] === String(sequence));
      expect(JSON.stringify(one)).toBe(posted?.body);
    }
    expect((await pull('?after=-1')).status).toBe(400);
  });

  it('about one subject the order holds, while other subjects flow on', async () => {
    const subscription = await subscribe(['cases.plan.']);
    const [plan, other] = [randomUUID(), randomUUID()];
    system.replies.set(subscription.path, [{ status: 500 }]);
    const first = await redraft(plan, 1);
    await attempted(subscription, 1);
    const second = await redraft(plan, 2);
    const elsewhere = await redraft(other, 1);
    await arrived(subscription.path, 2);
    await quiet();
    expect(system.at(subscription.path).map(({ headers }) => headers['webhook-id'])).toEqual([first, elsewhere]);
    await inState(subscription, 'PENDING', 'PENDING', 'DELIVERED');

    await due(subscription);
    await inState(subscription, 'DELIVERED', 'DELIVERED', 'DELIVERED');
    expect(system.at(subscription.path).map(({ headers }) => headers['webhook-id'])).toEqual([
      first,
      elsewhere,
      first,
      second,
    ]);
  });

  it('a silent sink of one partner does not delay another', async () => {
    const [silent, lively] = [await subscribe(['catalogue.']), await subscribe(['catalogue.'])];
    system.always.set(silent.path, 'silence');
    const began = Date.now();
    await Promise.all(Array.from({ length: 30 }, () => withdraw(randomUUID())));
    await arrived(lively.path, 30);
    // An attempt at the silent one takes fifteen seconds.
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(system.at(silent.path).length).toBeLessThanOrEqual(16);
  });

  it('a revoked grant stops what is queued, at the door and in the feed', async () => {
    const subscription = await subscribe(['cases.plan.']);
    system.replies.set(subscription.path, [{ status: 500 }]);
    await redraft(randomUUID(), 1);
    await attempted(subscription, 1);
    const revoked = await service.http('POST', `/grants/${subscription.grant.id}/revocation`, {
      as: director,
      ifMatch: 1,
    });
    expect(revoked).toMatchObject({ status: 200, body: { id: subscription.grant.id, version: 2 } });
    await due(subscription);
    await inState(subscription, 'WITHHELD');
    expect(system.at(subscription.path)).toHaveLength(1);

    const last = await redraft(randomUUID(), 1);
    await service.eventually(async () =>
      expect(await service.sql('select 1 from feed_event where id = $1', [last])).toHaveLength(1),
    );
    const { body } = await service.http('GET', `/subscriptions/${subscription.id}/events`, {
      as: partner(subscription.partnerId),
    });
    expect(body).toEqual({ items: [{ sequence: 1, event: null }] });
  });

  it('a partner gets no more than it was granted, whatever it subscribes to', async () => {
    const subscription = await subscribe([], ['cases.plan.redrafted.v1']);
    const plan = randomUUID();
    await withdraw(randomUUID());
    await redraft(plan, 1);
    await service.publish(event(planClosedV1, plan, { personId: randomUUID(), closedOn: '2026-03-02' }), {
      sequence: 2,
    });
    const after = await redraft(plan, 3);
    const hits = await arrived(subscription.path, 2);
    expect(hits.map((hit) => eventOf(hit).type)).toEqual(Array(2).fill('pl.okienko.cases.plan.redrafted.v1'));
    expect(hits[1]?.headers).toMatchObject({ 'webhook-id': after, 'okienko-sequence': '2' });
  });

  it('an attempt whose record was lost is repeated once the lease of its lane is over, under the same webhook-id', async () => {
    const subscription = await subscribe(['cases.plan.']);
    const id = await redraft(randomUUID(), 1);
    await inState(subscription, 'DELIVERED');
    const anotherHolds = (lease: string) =>
      service.sql(
        `update dispatch_lane set held_by = gen_random_uuid(), held_until = now() + $2::interval where subscription_id = $1`,
        [subscription.id, lease],
      );
    await anotherHolds('1 hour');
    await service.sql(`update dispatch set state = 'PENDING', finished_at = null where subscription_id = $1`, [
      subscription.id,
    ]);
    await quiet();
    expect(system.at(subscription.path)).toHaveLength(1);
    await anotherHolds('-1 second');
    await inState(subscription, 'DELIVERED');
    expect(system.at(subscription.path).map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
  });

  it('a sink that is down is asked by one post at a time, and everything comes once it is there again', async () => {
    const subscription = await subscribe(['cases.plan.']);
    const as = partner(subscription.partnerId);
    system.always.set(subscription.path, { status: 503 });
    const plan = randomUUID();
    for (let sequence = 1; sequence <= 5; sequence += 1) await redraft(plan, sequence);
    for (let each = 0; each < 40; each += 1) await redraft(randomUUID(), 1);
    const view = async () => (await service.http('GET', `/subscriptions/${subscription.id}`, { as })).body;
    await service.eventually(async () =>
      expect(await view()).toMatchObject({ brokenSince: expect.any(String) as string }),
    );
    await service.published('notifications.subscription.failing.v1', subscription.id);
    await quiet();
    // What was under way when it broke, and no more.
    const before = system.at(subscription.path).length;
    expect(before).toBeLessThan(20);
    const probe = () => service.sql('update subscription set probe_at = now() where id = $1', [subscription.id]);
    await probe();
    await arrived(subscription.path, before + 1);
    await quiet();
    expect(system.at(subscription.path)).toHaveLength(before + 1);

    system.always.delete(subscription.path);
    await probe();
    await service.eventually(async () => {
      const states = await service.sql('select distinct state from dispatch where subscription_id = $1', [
        subscription.id,
      ]);
      expect(states).toEqual([{ state: 'DELIVERED' }]);
    });
    expect(await view()).toMatchObject({ brokenSince: null, state: 'ACTIVE' });
    await service.published('notifications.subscription.recovered.v1', subscription.id);
    const ofPlan = system.at(subscription.path).filter((hit) => eventOf(hit).subject === plan);
    expect(ofPlan.slice(-5).map((hit) => Number(eventOf(hit).sequence))).toEqual([1, 2, 3, 4, 5]);
  });

  it('a sink that refuses messages is not down', async () => {
    const subscription = await subscribe(['cases.plan.']);
    system.always.set(subscription.path, { status: 422 });
    for (let each = 0; each < 12; each += 1) await redraft(randomUUID(), 1);
    await arrived(subscription.path, 12);
    const view = await service.http('GET', `/subscriptions/${subscription.id}`, {
      as: partner(subscription.partnerId),
    });
    expect(view.body).toMatchObject({ brokenSince: null, state: 'ACTIVE' });
  });

  it('after days of being down the subscription pauses, and keeps everything', async () => {
    const subscription = await subscribe(['cases.plan.']);
    system.always.set(subscription.path, { status: 500 });
    await service.sql(
      `update subscription set failures = 9, broken_since = now() - interval '6 days', probe_at = now() where id = $1`,
      [subscription.id],
    );
    await redraft(randomUUID(), 1);
    await service.eventually(async () => {
      const as = partner(subscription.partnerId);
      expect((await service.http('GET', `/subscriptions/${subscription.id}`, { as })).body).toMatchObject({
        state: 'PAUSED',
      });
    });
    await inState(subscription, 'PENDING');
  });

  it('a sink may ask to wait', async () => {
    const subscription = await subscribe(['cases.plan.']);
    system.replies.set(subscription.path, [{ status: 429, headers: { 'retry-after': '1000' } }]);
    await redraft(randomUUID(), 1);
    await attempted(subscription, 1);
    const [row] = await service.sql<{ wait: number }>(
      'select extract(epoch from next_attempt_at - now())::int as wait from dispatch where subscription_id = $1',
      [subscription.id],
    );
    expect(row?.wait).toBeGreaterThan(900);
    expect(row?.wait).toBeLessThanOrEqual(1000);
  });

  it('what fails for three days is parked, stays in the feed, and lets the next about the subject pass', async () => {
    const subscription = await subscribe(['cases.plan.']);
    system.replies.set(subscription.path, [{ status: 500 }, { status: 500 }]);
    const plan = randomUUID();
    await redraft(plan, 1);
    await attempted(subscription, 1);
    await redraft(plan, 2);
    await service.sql(`update dispatch set first_attempt_at = now() - interval '73 hours' where subscription_id = $1`, [
      subscription.id,
    ]);
    await due(subscription);
    await inState(subscription, 'PARKED', 'DELIVERED');
    expect(await dispatchesOf(subscription, '?state=PARKED')).toEqual([
      expect.objectContaining({ sequence: 1, attempts: 2, lastStatus: 500 }),
    ]);
  });

  it('410 pauses the subscription; numbering goes on, and the partner resumes it', async () => {
    const subscription = await subscribe(['cases.plan.']);
    const as = partner(subscription.partnerId);
    system.replies.set(subscription.path, [{ status: 410 }]);
    await redraft(randomUUID(), 1);
    await service.eventually(async () => {
      expect((await service.http('GET', `/subscriptions/${subscription.id}`, { as })).body).toMatchObject({
        state: 'PAUSED',
      });
    });
    await redraft(randomUUID(), 1);
    await inState(subscription, 'PENDING', 'PENDING');
    await quiet();
    expect(system.at(subscription.path)).toHaveLength(1);

    const path = `/subscriptions/${subscription.id}/resumption`;
    expect((await service.http('POST', path, { as: partner('another') })).status).toBe(404);
    expect((await service.http('POST', path, { as })).status).toBe(200);
    await inState(subscription, 'DELIVERED', 'DELIVERED');
    expect((await service.http('GET', `/subscriptions/${subscription.id}`, { as })).body).toMatchObject({
      state: 'ACTIVE',
      lastSequence: 2,
    });
  });

  it('numbers on where a replica of the version before has numbered by the column', async () => {
    const { id, path } = await subscribe(['catalogue.']);
    await withdraw(randomUUID());
    await arrived(path, 1);
    const before = `update subscription set last_sequence = last_sequence + 1 where id = $1 returning last_sequence as number`;
    const [row] = await service.sql<{ number: number }>(before, [id]);
    expect(row).toEqual({ number: 2 });
    await withdraw(randomUUID());
    const numbers = (await arrived(path, 2)).map(({ headers }) => headers['okienko-sequence']);
    expect(numbers).toEqual(['1', '3']);
  });

  it('two replicas number a hundred events densely and post each once, in order about each subject', async () => {
    const config = loadConfig(NotificationsConfig, {
      DATABASE_URL: service.database.app,
      NATS_URL: process.env['TEST_NATS_URL'],
      EVENT_NAMESPACE: service.namespace,
      OIDC_ISSUER: service.issuer.url,
      LOG_LEVEL: 'silent',
      ...environment,
    });
    const replica = await createService(notificationsService, config);
    try {
      const [all, some] = [await subscribe(['cases.plan.', 'catalogue.']), await subscribe(['catalogue.'])];
      const plans = Array.from({ length: 10 }, () => randomUUID());
      await Promise.all(
        plans.map(async (plan) => {
          for (let sequence = 1; sequence <= 5; sequence += 1) {
            await redraft(plan, sequence);
            await withdraw(randomUUID());
          }
        }),
      );
      const hits = await arrived(all.path, 100);
      await arrived(some.path, 50);
      await quiet();
      expect(system.at(all.path)).toHaveLength(100);
      const numbers = hits.map(({ headers }) => Number(headers['okienko-sequence'])).toSorted((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
      for (const plan of plans) {
        const sequences = hits
          .map(eventOf)
          .filter(({ subject }) => subject === plan)
          .map(({ sequence }) => Number(sequence));
        expect(sequences).toEqual([1, 2, 3, 4, 5]);
      }
    } finally {
      await replica.stop();
    }
  });

  it('types cover the same names in SQL as in the domain', async () => {
    const names = partnerEvents.map(({ $id }) => $id);
    const choices = [
      [],
      ['cases.plan.'],
      ['cases.plan'],
      ['cases.plan.approved.v1', 'catalogue.'],
      ['cases.%'],
      ['cases.plan_'],
      names,
    ];
    for (const types of choices) {
      const found = await service.sql<{ name: string }>(
        `select name from unnest($2::text[]) name where ${coversInSql('$1::jsonb', 'name')}`,
        [JSON.stringify(types), names],
      );
      expect(found.map(({ name }) => name)).toEqual(names.filter((name) => covers(types, name)));
    }
  });

  describe('a grant', () => {
    const body = {
      partnerId: 'powiat-elblaski',
      types: ['cases.plan.'],
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
    };

    it('is given by the director and known to the world without its contents', async () => {
      const key = randomUUID();
      const first = await service.http<{ id: string }>('POST', '/grants', { as: director, body, key });
      const again = await service.http('POST', '/grants', { as: director, body, key });
      expect(first).toMatchObject({ status: 201, body: { version: 1 } });
      expect(again.body).toEqual(first.body);
      const given = await service.published('notifications.grant.given.v1', first.body.id);
      expect(given.data).toEqual({ partnerId: 'powiat-elblaski', validFrom: '2026-01-01', validTo: '2026-12-31' });
      expect(
        service.events('notifications.grant.given.v1').filter(({ subject }) => subject === first.body.id),
      ).toHaveLength(1);
      expect(
        (await service.http('POST', '/grants', { as: director, body: { ...body, validTo: '2027-01-01' }, key })).status,
      ).toBe(422);
      const list = await service.http<{ items: object[] }>('GET', '/grants?partnerId=powiat-elblaski', {
        as: director,
      });
      expect(list.body.items).toEqual([
        expect.objectContaining({ id: first.body.id, ...body, givenBy: 'director-maria', revokedAt: null }),
      ]);
    });

    it.each([
      [403, { as: partner('powiat') }, {}],
      [401, {}, {}],
      [400, { as: director, key: null }, {}],
      [400, { as: director }, { types: [] }],
      [400, { as: director }, { types: ["cases.' or true"] }],
      [400, { as: director }, { validTo: '2026-02-30' }],
      [400, { as: director }, { partnerId: 'a b' }],
      [422, { as: director }, { types: ['cases.person-contact.changed.v1'] }],
      [422, { as: director }, { validTo: '2025-12-31' }],
    ])('is refused with %i to %j with %j', async (status, call, changed) => {
      expect((await service.http('POST', '/grants', { ...call, body: { ...body, ...changed } })).status).toBe(status);
    });

    it('is revoked once, by whoever has seen its newest version', async () => {
      const { id } = (await service.http<{ id: string }>('POST', '/grants', { as: operator, body })).body;
      const path = `/grants/${id}/revocation`;
      expect((await service.http('POST', path, { as: { roles: ['desk'] }, ifMatch: 1 })).status).toBe(403);
      expect((await service.http('POST', path, { as: director })).status).toBe(428);
      expect((await service.http('POST', path, { as: director, ifMatch: 2 })).status).toBe(412);
      expect((await service.http('POST', path, { as: director, ifMatch: 1 })).status).toBe(200);
      expect((await service.http('POST', path, { as: director, ifMatch: 2 })).status).toBe(409);
      expect((await service.published('notifications.grant.revoked.v1', id)).data).toEqual({
        partnerId: 'powiat-elblaski',
      });
    });
  });

  describe('a subscription', () => {
    it('is made once for a repeated request, with the same secret, which is stored nowhere', async () => {
      const key = randomUUID();
      const call = { as: partner('powiat'), body: { sink: `http://${place}/powiat` }, key };
      const first = await service.http<{ id: string; secret: string }>('POST', '/subscriptions', call);
      const again = await service.http('POST', '/subscriptions', call);
      expect(first).toMatchObject({ status: 201, body: { version: 1 } });
      expect(first.body.secret).toMatch(/^whsec_[\w+/]{43}=$/);
      expect(again.body).toEqual(first.body);
      const created = await service.published('notifications.subscription.created.v1', first.body.id);
      expect(created.data).toEqual({ partnerId: 'powiat' });
      const stored = await service.sql(
        'select k::text from idempotency_key k union all select s::text from subscription s union all select event from outbox',
      );
      expect(JSON.stringify(stored)).not.toContain(first.body.secret.slice('whsec_'.length, -1));
    });

    it.each([
      'https://127.0.0.1/in',
      'https://localhost/in',
      'http://127.0.0.1:1/in',
      'https://169.254.169.254/latest/meta-data',
      'https://[::ffff:10.0.0.1]/in',
      'https://no-such-host.invalid/in',
      'nonsense',
    ])('is refused for the sink %s', async (sink) => {
      const answer = await service.http('POST', '/subscriptions', { as: partner('powiat'), body: { sink } });
      expect(answer.status).toBe(422);
      expect(answer.body['type']).toMatch(/sink-refused$/);
    });

    it('is for partners, and for events that partners may have', async () => {
      const body = { sink: `http://${place}/powiat` };
      expect((await service.http('POST', '/subscriptions', { as: director, body })).status).toBe(403);
      expect((await service.http('POST', '/subscriptions', { as: { roles: ['partner'] }, body })).status).toBe(403);
      const types = ['notifications.'];
      expect(
        (await service.http('POST', '/subscriptions', { as: partner('powiat'), body: { ...body, types } })).status,
      ).toBe(422);
    });

    it('is seen by its partner and the operator, pulled by its partner alone, and ended for good', async () => {
      const { id, partnerId } = await subscribe(['cases.plan.']);
      const as = partner(partnerId);
      const status = async (method: string, path: string, caller: object) =>
        (await service.http(method, path, { as: caller })).status;
      for (const path of [`/subscriptions/${id}`, `/subscriptions/${id}/dispatches`, `/subscriptions/${id}/events`]) {
        expect(await status('GET', path, as)).toBe(200);
        expect(await status('GET', path, partner('another'))).toBe(404);
        expect(await status('GET', path, desk)).toBe(403);
      }
      expect(await status('GET', `/subscriptions/${id}/dispatches`, operator)).toBe(200);
      expect(await status('GET', `/subscriptions/${id}/events`, operator)).toBe(403);
      const listed = async (caller: object) =>
        (
          await service.http<{ items: { id: string }[] }>('GET', '/subscriptions?limit=200', { as: caller })
        ).body.items.map((one) => one.id);
      expect(await listed(as)).toEqual([id]);
      expect(await listed(partner('another'))).toEqual([]);
      expect(await listed(operator)).toContain(id);

      expect(await status('DELETE', `/subscriptions/${id}`, partner('another'))).toBe(404);
      expect(await status('DELETE', `/subscriptions/${id}`, as)).toBe(200);
      expect((await service.published('notifications.subscription.ended.v1', id)).data).toEqual({ partnerId });
      expect(await status('GET', `/subscriptions/${id}`, as)).toBe(404);
      expect(await status('DELETE', `/subscriptions/${id}`, as)).toBe(404);
    });
  });
});
