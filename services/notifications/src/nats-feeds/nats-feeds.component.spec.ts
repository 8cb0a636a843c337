import { randomBytes, randomUUID } from 'node:crypto';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import { type CloudEvent, event } from '@okienko/contracts/event';
import { type Broker, headers, openBroker } from '@okienko/messaging/jetstream';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { notificationsService } from '../service';
import type { NatsFeedView } from './nats-feeds.dto';

jest.setTimeout(30_000);

const type = 'catalogue.service-offer.withdrawn.v1';
const director = { sub: 'director-maria', roles: ['director'] } as const;
const operator = { sub: 'operator-jan', roles: ['operator'] } as const;
const partner = (partnerId: string) => ({ sub: `system-${partnerId}`, roles: ['partner'] as const, partnerId });

interface Subscribed {
  readonly id: string;
  readonly partnerId: string;
  readonly grant: { readonly id: string; readonly version: number };
}
const numberOf = (sequence: number) => {
  const head = headers();
  head.set('okienko-sequence', String(sequence));
  return head;
};

interface Laid {
  readonly sequence: number;
  readonly event: CloudEvent | null;
}

describe('events to partners over NATS', () => {
  let service: ServiceUnderTest;
  let broker: Broker;

  beforeAll(async () => {
    const { privateJwk } = await generateSealingKeyPair();
    service = await startForTest(notificationsService, {
      MASTER_KEY: randomBytes(32).toString('base64'),
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'wiadomosci@cus.example.pl',
    });
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', 'partner feed test');
  }, 60_000);
  afterAll(async () => {
    await broker?.connection.close();
    await service?.stop();
  });
  afterEach(() => service.sql('update subscription set ended_at = now() where ended_at is null'));

  const grant = async (partnerId: string): Promise<Subscribed['grant']> => {
    const body = { partnerId, types: [type], validFrom: '2020-01-01', validTo: '2199-12-31' };
    return (await service.http<Subscribed['grant']>('POST', '/grants', { as: director, body })).body;
  };
  const subscribe = async (): Promise<Subscribed> => {
    const partnerId = `powiat.${randomUUID()}`;
    const given = await grant(partnerId);
    const body = { types: [type] };
    const made = await service.http<{ id: string }>('POST', '/subscriptions', { as: partner(partnerId), body });
    expect(made.status).toBe(201);
    const { id } = made.body;
    return { id, partnerId, grant: given };
  };
  const path = ({ id }: Subscribed): string => `/subscriptions/${id}/nats-feed`;
  const begin = async (one: Subscribed, body: object = {}): Promise<NatsFeedView> => {
    const answer = await service.http<NatsFeedView>('POST', path(one), { as: partner(one.partnerId), body });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const withdraw = (): Promise<string> =>
    service.publish(event(serviceOfferWithdrawnV1, randomUUID(), { reasonCode: 'EXAMPLE' }), { sequence: 1 });
  const laidIn = async ({ stream, subject }: NatsFeedView): Promise<Laid[]> => {
    const { state } = await broker.manager.streams.info(stream, { subjects_filter: subject });
    const found: Laid[] = [];
    for (let next = 1, left = state.subjects?.[subject] ?? 0; left > 0; left -= 1) {
      const message = await broker.manager.direct.getMessage(stream, { seq: next, next_by_subj: subject });
      if (!message) break;
      next = message.seq + 1;
      found.push({
        sequence: Number(message.header.get('okienko-sequence')),
        event: message.data.length === 0 ? null : message.json<CloudEvent>(),
      });
    }
    return found;
  };
  const lies = (feed: NatsFeedView, expected: readonly [number, string | null][]) =>
    service.eventually(async () =>
      expect((await laidIn(feed)).map(({ sequence, event: e }) => [sequence, e?.id ?? null])).toEqual(expected),
    );
  const acknowledge = async ({ stream, consumer }: NatsFeedView, count: number): Promise<void> => {
    const messages = await (
      await broker.streams.consumers.get(stream, consumer)
    ).fetch({ max_messages: count, expires: 5000 });
    for await (const message of messages) await message.ackAck();
  };

  test('lie there under the numbers of the subscription, byte for byte, each once under two replicas', async () => {
    const one = await subscribe();
    const other = await service.replica();
    try {
      const feed = await begin(one);
      expect(feed).toMatchObject({ laid: 0, consumer: `partner-${one.partnerId.replace('.', '=')}` });
      const ids: string[] = [];
      for (let n = 0; n < 20; n += 1) ids.push(await withdraw());
      await service.eventually(async () => expect(await laidIn(feed)).toHaveLength(20), 15_000);
      const laid = await laidIn(feed);
      expect(laid.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
      expect(new Set(laid.map(({ event: e }) => e?.id))).toEqual(new Set(ids));
      const numbered = await service.sql<{ sequence: number; event_id: string }>(
        'select sequence, event_id from dispatch where subscription_id = $1 order by sequence',
        [one.id],
      );
      expect(laid.map(({ event: e }) => e?.id)).toEqual(numbered.map((row) => row.event_id));
    } finally {
      await other.stop();
    }
  });

  test('wait for the feed to begin, and it begins after what the partner says it has', async () => {
    const one = await subscribe();
    const ids = [await withdraw()];
    await service.eventually(async () =>
      expect(await service.sql('select from dispatch where subscription_id = $1', [one.id])).toHaveLength(1),
    );
    ids.push(await withdraw());
    await service.eventually(async () =>
      expect(await service.sql('select from dispatch where subscription_id = $1', [one.id])).toHaveLength(2),
    );
    await lies(await begin(one, { after: 1 }), [[2, ids[1] ?? '']]);
  });

  test('once a grant is revoked, what lies unread is taken back, and its number stays', async () => {
    const one = await subscribe();
    const feed = await begin(one);
    const first = await withdraw();
    await lies(feed, [[1, first]]);
    const second = await withdraw();
    await lies(feed, [
      [1, first],
      [2, second],
    ]);
    await acknowledge(feed, 1);
    await lies(feed, [[2, second]]);
    await service.http('POST', `/grants/${one.grant.id}/revocation`, { as: director, ifMatch: one.grant.version });
    await lies(feed, [[2, null]]);
    await grant(one.partnerId);
    await lies(feed, [[2, second]]);
  });

  test('need no sink: such a subscription posts nothing, and says so', async () => {
    const { id, partnerId } = await subscribe();
    const as = partner(partnerId);
    await withdraw();
    await service.eventually(async () =>
      expect((await service.http('GET', `/subscriptions/${id}`, { as })).body).toMatchObject({
        sink: null,
        state: 'PAUSED',
        lastSequence: 1,
      }),
    );
    for (const act of ['resumption', 'test-event']) {
      const { status, body } = await service.http('POST', `/subscriptions/${id}/${act}`, { as });
      expect([act, status, body['type']]).toEqual([act, 409, expect.stringMatching(/no-sink$/)]);
    }
    expect((await service.http('POST', `/subscriptions/${id}/resumption`, { as: partner('else') })).status).toBe(404);
    expect((await service.http('POST', `/subscriptions/${id}/secret-rotation`, { as, body: {} })).status).toBe(200);
  });

  test('are laid at most a thousand ahead; reading makes room', async () => {
    const one = await subscribe();
    const [kept] = await service.sql<{ id: string }>('select id from feed_event limit 1');
    await service.sql(
      `with made as (insert into feed_event (id, name, subject, sequence, body, received_at)
         select gen_random_uuid(), $2, gen_random_uuid(), 1, (select body from feed_event where id = $3), now() from generate_series(1, 1100) returning id, subject)
       insert into dispatch (subscription_id, sequence, event_id, subject, next_attempt_at)
       select $1, row_number() over (), id, subject, now() from made`,
      [one.id, type, kept?.id],
    );
    await service.sql('update subscription_number set last = 1100 where subscription_id = $1', [one.id]);
    const feed = await begin(one);
    const laid = async (): Promise<number> =>
      (await service.http<NatsFeedView>('GET', path(one), { as: operator })).body.laid;
    await service.eventually(async () => expect(await laid()).toBe(1000), 20_000);
    const { body: metrics } = await service.http<string>('GET', '/metrics');
    expect(metrics).toMatch(new RegExp(`notifications_nats_feed_lag\\{[^}]*subscription="${one.id}"[^}]*\\} 100\n`));
    await acknowledge(feed, 60);
    await service.eventually(async () => expect(await laid()).toBe(1060), 10_000);
  });

  const laidAre = (one: Subscribed, expected: number): Promise<void> =>
    service.eventually(async () =>
      expect(await service.sql('select laid from nats_feed where subscription_id = $1', [one.id])).toEqual([
        { laid: expected },
      ]),
    );
  const numberedAre = (one: Subscribed, count: number): Promise<void> =>
    service.eventually(async () =>
      expect(await service.sql('select from dispatch where subscription_id = $1', [one.id])).toHaveLength(count),
    );

  test('lie there once where what was laid was never recorded, also when the partner has read it by then', async () => {
    const one = await subscribe();
    const feed = await begin(one);
    await lies(feed, [[1, await withdraw()]]);
    await laidAre(one, 1);
    // As if each replica were killed between the broker's answer and the commit.
    await service.sql('alter table nats_feed add constraint killed check (laid < 2)');
    try {
      const ids = [await withdraw(), await withdraw()];
      await service.eventually(async () => expect((await laidIn(feed)).length).toBeGreaterThan(1));
      const lain = (await laidIn(feed)).length;
      await acknowledge(feed, 2);
      await numberedAre(one, 3);
      // They try again and again, and lay nothing.
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect(await laidIn(feed)).toHaveLength(lain - 2);
      await service.sql('alter table nats_feed drop constraint killed');
      await laidAre(one, 3);
      const rest = await laidIn(feed);
      expect(rest.map(({ sequence }) => sequence)).toEqual([3]);
      expect(ids).toContain(rest[0]?.event?.id);
    } finally {
      await service.sql('alter table nats_feed drop constraint if exists killed');
    }
  });

  test('are counted to the last that a killed replica laid, and what it still lays then is refused', async () => {
    const one = await subscribe();
    const feed = await begin(one);
    await service.eventually(async () =>
      expect(
        await service.sql('select from nats_feed where subscription_id = $1 and granted is not null', [one.id]),
      ).toHaveLength(1),
    );
    const { state } = await broker.manager.streams.info(feed.stream);
    // It was about to lay three, and laid two, of which the partner has read one.
    await service.sql('insert into laying_under_way (subscription_id, laid, count, stream_at) values ($1, 0, 3, $2)', [
      one.id,
      state.last_seq,
    ]);
    const lay = (sequence: number) =>
      broker.streams.publish(feed.subject, '{}', {
        headers: numberOf(sequence),
        expect: { lastSequence: state.last_seq + sequence - 1 },
      });
    await lay(1);
    await lay(2);
    await acknowledge(feed, 1);
    const ids = [await withdraw(), await withdraw(), await withdraw()];
    await service.eventually(async () => expect((await laidIn(feed)).map(({ sequence }) => sequence)).toEqual([2, 3]));
    expect(ids).toContain((await laidIn(feed))[1]?.event?.id);
    await expect(lay(3)).rejects.toThrow(/wrong last sequence/);
    expect(await service.sql('select from laying_under_way')).toEqual([]);
  });

  test('lie there again after a replica is killed that had just cleared them away', async () => {
    const one = await subscribe();
    const feed = await begin(one);
    const first = await withdraw();
    await lies(feed, [[1, first]]);
    await laidAre(one, 1);
    await service.sql(`alter table nats_feed add constraint killed check (granted not like '% %')`);
    try {
      await grant(one.partnerId);
      await lies(feed, []);
    } finally {
      await service.sql('alter table nats_feed drop constraint killed');
    }
    await lies(feed, [[1, first]]);
  });

  test('are taken away where the feed ends; begun anew they lie there again', async () => {
    const one = await subscribe();
    const feed = await begin(one);
    const id = await withdraw();
    await lies(feed, [[1, id]]);
    const ended = await service.http('DELETE', path(one), { as: partner(one.partnerId) });
    expect(ended.status).toBe(200);
    await lies(feed, []);
    expect((await service.http('GET', path(one), { as: operator })).status).toBe(404);
    await lies(await begin(one, { after: 0 }), [[1, id]]);
  });

  test('are nobody else’s to begin, look at or end, and a repeated request begins nothing twice', async () => {
    const one = await subscribe();
    const stranger = partner(`partner-${randomUUID()}`);
    for (const method of ['POST', 'GET', 'DELETE'])
      expect(
        (await service.http(method, path(one), { as: stranger, ...(method === 'POST' && { body: {} }) })).status,
      ).toBe(404);
    expect((await service.http('POST', path(one), { as: director, body: {} })).status).toBe(403);
    expect((await service.http('POST', path(one), { as: partner(one.partnerId), body: { after: -1 } })).status).toBe(
      400,
    );
    const key = randomUUID();
    const answers = [];
    for (let n = 0; n < 2; n += 1)
      answers.push((await service.http('POST', path(one), { as: partner(one.partnerId), body: {}, key })).body);
    expect(answers[0]).toEqual(answers[1]);
    expect(await service.sql('select from nats_feed where subscription_id = $1', [one.id])).toHaveLength(1);
  });
});
