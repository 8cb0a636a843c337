import { createHash, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { type Hit, partner, type Subscribed, WebhookScenario } from './scenario';

jest.setTimeout(60_000);

const operator = { sub: 'operator-jan', roles: ['operator'] } as const;
const opened = (secret: string | undefined, { body, headers }: Hit) =>
  new Webhook(secret ?? '').verify(body, headers as Record<string, string>) as Record<string, unknown>;

describe('what a subscription is told about itself', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start();
  }, 60_000);
  afterAll(() => webhooks?.stop());
  afterEach(() => webhooks.service.sql('update subscription set ended_at = now() where ended_at is null'));

  const test = ({ id, partnerId }: Subscribed, key: string = randomUUID()) =>
    webhooks.service.http('POST', `/subscriptions/${id}/test-event`, { as: partner(partnerId), key });
  const digests = async ({ id, partnerId }: Subscribed, query = '') =>
    (
      await webhooks.service.http<{ items: Record<string, unknown>[]; next?: string }>(
        'GET',
        `/subscriptions/${id}/digests${query}`,
        { as: partner(partnerId) },
      )
    ).body;

  it('a test event is posted at once, signed and without a number, and the answer is told', async () => {
    const mine = await webhooks.subscribed();
    const key = randomUUID();
    const { status, body } = await test(mine, key);
    expect([status, body]).toEqual([
      200,
      { eventId: expect.any(String), status: 204, errorCode: null, milliseconds: expect.any(Number) },
    ]);
    const [hit] = await webhooks.posted(mine.path, 1);
    expect(opened(mine.secret, hit as Hit)).toMatchObject({
      id: body['eventId'],
      type: 'pl.okienko.notifications.subscription.tested',
      subject: mine.id,
      data: {},
    });
    expect(hit?.headers).toMatchObject({ 'webhook-id': body['eventId'] });
    expect(hit?.headers).not.toHaveProperty('okienko-sequence');
    // Once more under the same key: the sink knows it by its id.
    expect((await test(mine, key)).body['eventId']).toBe(body['eventId']);
    expect((await test(mine)).body['eventId']).not.toBe(body['eventId']);
  });

  it('what went wrong with a test event is told, and moves nothing', async () => {
    const mine = await webhooks.subscribed();
    webhooks.sinks.answers.set(mine.path, 410);
    expect((await test(mine)).body).toMatchObject({ status: 410, errorCode: null });
    const gone = await webhooks.subscribed();
    await webhooks.service.sql(`update subscription set sink = 'https://127.0.0.1:1/in' where id = $1`, [gone.id]);
    expect((await test(gone)).body).toMatchObject({ status: null, errorCode: 'SINK_NOT_PUBLIC' });
    const rows = await webhooks.service.sql(
      'select paused_at, failures, last from subscription join subscription_number on subscription_id = id where id = any($1)',
      [[mine.id, gone.id]],
    );
    expect(rows).toEqual(Array(2).fill({ paused_at: null, failures: 0, last: 0 }));
  });

  it('is nobody else’s', async () => {
    const mine = await webhooks.subscribed();
    const stranger = partner(`partner-${randomUUID()}`);
    for (const [method, path] of [
      ['POST', 'test-event'],
      ['GET', 'digests'],
      ['GET', 'public-key'],
    ] as const) {
      const call = (id: string, as: object) => webhooks.service.http(method, `/subscriptions/${id}/${path}`, { as });
      expect([path, (await call(mine.id, stranger)).status]).toEqual([path, 404]);
      expect([path, (await call(randomUUID(), operator)).status]).toEqual([path, 404]);
      expect([path, (await call(mine.id, { sub: 'desk-anna', roles: ['desk'] })).status]).toEqual([path, 403]);
    }
    await webhooks.service.http('DELETE', `/subscriptions/${mine.id}`, { as: partner(mine.partnerId) });
    expect((await test(mine)).status).toBe(404);
    expect(webhooks.sinks.at(mine.path)).toEqual([]);
  });

  it('a digest comes once a day, of what was numbered since the last one, be it nothing', async () => {
    const mine = await webhooks.subscribed();
    const ids = [await webhooks.withdraw(), await webhooks.withdraw()];
    await webhooks.posted(mine.path, 2);
    expect(await digests(mine)).toEqual({ items: [] });
    webhooks.clock.days += 1;
    await webhooks.posted(mine.path, 3);
    webhooks.clock.days += 1;
    const [, , full, empty] = await webhooks.posted(mine.path, 4);
    const numbered = await webhooks.service.http<{ items: { sequence: number; event: { id: string } }[] }>(
      'GET',
      `/subscriptions/${mine.id}/events`,
      { as: partner(mine.partnerId) },
    );
    const lines = numbered.body.items.map(({ sequence, event: { id } }) => `${sequence} ${id}\n`);
    expect(lines).toHaveLength(ids.length);
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(opened(mine.secret, full as Hit)).toMatchObject({
      type: 'pl.okienko.notifications.subscription.digest',
      subject: mine.id,
      data: { from: 1, to: 2, count: 2, sha256: sha256(lines.join('')) },
    });
    expect(opened(mine.secret, empty as Hit)['data']).toEqual({ from: 3, to: 2, count: 0, sha256: sha256('') });
    await webhooks.service.eventually(async () => {
      const { items } = await digests(mine);
      expect(items).toMatchObject([
        { from: 1, to: 2, count: 2, status: 204, postedAt: expect.any(String) },
        { from: 3, to: 2, count: 0, status: 204, postedAt: expect.any(String) },
      ]);
    });
    const first = await digests(mine, '?limit=1');
    expect(first.items).toHaveLength(1);
    expect((await digests(mine, `?limit=1&after=${first.next}`)).items).toMatchObject([{ from: 3 }]);
  });

  it('a digest that was not taken comes again, the same; one for a sink that rests waits', async () => {
    const [mine, paused] = [await webhooks.subscribed(), await webhooks.subscribed()];
    await webhooks.service.http('POST', `/subscriptions/${paused.id}/pause`, { as: partner(paused.partnerId) });
    webhooks.sinks.answers.set(mine.path, 500);
    webhooks.clock.days += 1;
    const [refused] = await webhooks.posted(mine.path, 1);
    await webhooks.service.eventually(async () =>
      expect((await digests(mine)).items).toMatchObject([{ status: 500, postedAt: null }]),
    );
    webhooks.sinks.answers.delete(mine.path);
    await webhooks.service.sql('update subscription_digest set next_attempt_at = now() where subscription_id = $1', [
      mine.id,
    ]);
    const [, taken] = await webhooks.posted(mine.path, 2);
    expect([taken?.body, taken?.headers['webhook-id']]).toEqual([refused?.body, refused?.headers['webhook-id']]);
    expect((await digests(paused)).items).toHaveLength(1);
    expect(webhooks.sinks.at(paused.path)).toEqual([]);
    await webhooks.service.http('POST', `/subscriptions/${paused.id}/resumption`, { as: partner(paused.partnerId) });
    await webhooks.posted(paused.path, 1);
  });

  it('what is longer than a range may be takes several digests', async () => {
    const mine = await webhooks.subscribed();
    await webhooks.service.sql('update subscription_number set last = 20001 where subscription_id = $1', [mine.id]);
    webhooks.clock.days += 1;
    await webhooks.posted(mine.path, 3);
    expect((await digests(mine)).items.map(({ from, to }) => [from, to])).toEqual([
      [1, 10_000],
      [10_001, 20_000],
      [20_001, 20_001],
    ]);
  });

  it('of two replicas one makes it', async () => {
    const replica = await webhooks.service.replica();
    const all = await Promise.all([webhooks.subscribed(), webhooks.subscribed(), webhooks.subscribed()]);
    webhooks.clock.days += 1;
    for (const { path } of all) await webhooks.posted(path, 1);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (const one of all) {
      expect((await digests(one)).items).toHaveLength(1);
      await webhooks.posted(one.path, 1);
    }
    await replica.stop();
  });
});
