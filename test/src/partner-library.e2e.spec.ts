import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { event } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { notificationsService } from '@okienko/notifications/service';
import { FeedRefused, isEvent, Ledger, NotFromTheCentre, openWebhook, readFeed } from '@okienko/partner';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { cloudEventFaults, cloudEventType, hasCloudEventsSchema } from './cloud-events';

jest.setTimeout(60_000);

const partnerId = 'powiat-elblaski';
const caller = { sub: 'system-powiat', roles: ['partner'] as const, partnerId };

class MovedClock extends Clock {
  days = 0;
  override now(): Date {
    return new Date(Date.now() + this.days * 24 * 60 * 60 * 1000);
  }
}

/** A partner as the README of the library describes one: believes what is signed, takes each number once. */
class Partner {
  readonly handled: { readonly sequence: number; readonly id: string }[] = [];
  readonly bodies: string[] = [];
  ledger = new Ledger();
  secret = '';
  refused = 0;
  private readonly server: Server = createServer((request, response) => {
    void buffer(request).then((body) => {
      try {
        const { sequence, event: arrived } = openWebhook(this.secret, request.headers, body);
        this.bodies.push(body.toString());
        const isNew = sequence > 0 && this.ledger.take(sequence);
        if (isNew) this.handled.push({ sequence, id: arrived.id });
        // Of what is new every third answer is lost, so the same comes again.
        response.writeHead(isNew && this.handled.length % 3 === 0 ? 500 : 204).end();
      } catch (error) {
        this.refused += error instanceof NotFromTheCentre ? 1 : 100;
        response.writeHead(401).end();
      }
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('the library for partners', () => {
  const system = new Partner();
  const clock = new MovedClock();
  let service: ServiceUnderTest;
  let subscription: string;

  beforeAll(async () => {
    const place = await system.start();
    const { privateJwk } = await generateSealingKeyPair();
    service = await startForTest(
      notificationsService,
      {
        WEBHOOK_KEY: randomBytes(32).toString('base64'),
        SEALING_PRIVATE_KEY: JSON.stringify(privateJwk),
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'wiadomosci@cus.example.pl',
        ALLOWED_PRIVATE_SINKS: place,
      },
      clock,
    );
    const grant = { partnerId, types: ['cases.plan.'], validFrom: '2020-01-01', validTo: '2199-12-31' };
    await service.http('POST', '/grants', { as: { sub: 'director', roles: ['director'] }, body: grant });
    const made = await service.http<{ id: string; secret: string }>('POST', '/subscriptions', {
      as: caller,
      body: { sink: `http://${place}/okienko` },
    });
    subscription = made.body.id;
    system.secret = made.body.secret;
  }, 60_000);
  afterAll(async () => {
    system.stop();
    await service?.stop();
  });

  const token = (): Promise<string> => service.issuer.token(caller);
  const redraft = (): Promise<string> =>
    service.publish(event(planRedraftedV1, randomUUID(), { personId: randomUUID() }), { sequence: 1 });

  it('reads what was there and what comes while it waits, in order, and goes on where it was', async () => {
    const before = [await redraft(), await redraft()];
    const ending = new AbortController();
    const read: string[] = [];
    let expected = before;
    for await (const { sequence, event: one } of readFeed({
      url: service.url,
      subscription,
      token,
      signal: ending.signal,
    })) {
      expect(sequence).toBe(read.length + 1);
      expect(isEvent(planRedraftedV1, one) && one.data.personId).toEqual(expect.any(String));
      read.push(one?.id ?? '');
      if (read.length === before.length) expected = [...before, await redraft()];
      if (read.length === before.length + 1) ending.abort();
    }
    expect([...read].sort()).toEqual([...expected].sort());
    const rest: number[] = [];
    for await (const { sequence } of readFeed({ url: service.url, subscription, token, after: 2, wait: 0 }))
      rest.push(sequence);
    expect(rest).toEqual([3]);
  });

  it('hears of each event at once, and goes on with another token when the stream ends with the first', async () => {
    const ending = new AbortController();
    let tokens = 0;
    const shortOnce = (): Promise<string> => {
      tokens += 1;
      return service.issuer.token(caller, tokens === 1 ? { exp: Math.floor(Date.now() / 1000) + 2 } : {});
    };
    const heard: number[] = [];
    for await (const { sequence, event: one } of readFeed({
      url: service.url,
      subscription,
      token: shortOnce,
      live: true,
      signal: ending.signal,
    })) {
      expect(isEvent(planRedraftedV1, one)).toBe(true);
      heard.push(sequence);
      if (sequence === 3) setTimeout(() => void redraft(), 3_000);
      if (sequence === 4) ending.abort();
    }
    expect(heard).toEqual([1, 2, 3, 4]);
    expect(tokens).toBeGreaterThan(1);
  });

  it('waits for the next event rather than asking again and again, and is told soon', async () => {
    const began = Date.now();
    const waiting = service.http<{ items: unknown[] }>('GET', `/subscriptions/${subscription}/events?after=4&wait=20`, {
      as: caller,
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await redraft();
    expect((await waiting).body.items).toHaveLength(1);
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  it('says that it is refused, and does not go on asking', async () => {
    const reading = readFeed({ url: service.url, subscription: randomUUID(), token, wait: 0 });
    await expect(reading.next()).rejects.toThrow(FeedRefused);
    const stranger = readFeed({ url: service.url, subscription, token: () => 'nonsense', wait: 0 });
    await expect(stranger.next()).rejects.toThrow(FeedRefused);
  });

  it('takes every webhook once, also where answers are lost and the process begins anew', async () => {
    await service.eventually(() => expect(system.ledger.upTo).toBe(5), 20_000);
    system.ledger = new Ledger(system.ledger.state());
    const again = await service.http('POST', `/subscriptions/${subscription}/redelivery`, {
      as: caller,
      body: { from: 1, to: 5 },
    });
    expect(again.status).toBe(200);
    await redraft();
    await service.eventually(() => expect(system.ledger.upTo).toBe(6), 20_000);
    expect(system.handled.map(({ sequence }) => sequence).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(system.ledger.missing()).toEqual([]);
    expect(system.refused).toBe(0);
  });

  (hasCloudEventsSchema ? it : it.skip)(
    'is sent nothing but CloudEvents 1.0: events, a test, a digest, a page',
    async () => {
      const typesOf = (bodies: readonly string[]) => bodies.map((body) => (JSON.parse(body) as { type: string }).type);
      await service.http('POST', `/subscriptions/${subscription}/test-event`, { as: caller });
      clock.days += 1;
      await service.eventually(() =>
        expect(new Set(typesOf(system.bodies))).toEqual(
          new Set([
            'pl.okienko.cases.plan.redrafted.v1',
            'pl.okienko.notifications.subscription.tested',
            'pl.okienko.notifications.subscription.digest',
          ]),
        ),
      );
      const { body: page } = await service.http<{ items: { event: object }[] }>(
        'GET',
        `/subscriptions/${subscription}/events`,
        { as: caller },
      );
      const bodies = [...system.bodies, ...page.items.map((item) => JSON.stringify(item.event))];
      expect(bodies.length).toBeGreaterThan(10);
      expect(
        cloudEventFaults(bodies.map((body) => ({ subject: 'to the partner', contentType: cloudEventType, body }))),
      ).toEqual([]);
    },
  );
});
