import { randomUUID } from 'node:crypto';
import type { CloudEvent } from '@okienko/contracts/event';
import { Webhook } from 'standardwebhooks';
import { type Hit, partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';

jest.setTimeout(60_000);

const eventsOf = ({ body }: Hit): CloudEvent[] => JSON.parse(body) as CloudEvent[];
const numbersOf = ({ headers }: Hit): string => String(headers['okienko-sequence']);

describe('events in batches', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start();
  }, 60_000);
  afterAll(() => webhooks?.stop());
  afterEach(() => webhooks.service.sql('update subscription set ended_at = now() where ended_at is null'));

  const act = ({ id, partnerId }: Subscribed, act: string, body?: object) =>
    webhooks.service.http('POST', `/subscriptions/${id}/${act}`, { as: partner(partnerId), ...(body && { body }) });
  const numbered = ({ id }: Subscribed, count: number) =>
    webhooks.service.eventually(async () =>
      expect(await webhooks.service.sql('select 1 from dispatch where subscription_id = $1', [id])).toHaveLength(count),
    );
  /** `count` events that wait: `offers` in turn, or each about its own. */
  const backlog = async (one: Subscribed, count: number, offers?: readonly string[]): Promise<string[]> => {
    await act(one, 'pause');
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const offer = offers?.[index % offers.length];
      const sequence = offers ? Math.floor(index / offers.length) + 1 : 1;
      ids.push(await webhooks.withdraw(offer, sequence));
    }
    await numbered(one, count);
    return ids;
  };
  const delivered = (one: Subscribed, count: number) =>
    webhooks.service.eventually(async () => {
      const [row] = await webhooks.service.sql<{ count: number }>(
        `select count(*)::int as count from dispatch where subscription_id = $1 and state = 'DELIVERED'`,
        [one.id],
      );
      expect(row?.count).toBe(count);
    });
  const posts = (one: Subscribed): Hit[] => webhooks.sinks.at(one.path).filter(({ method }) => method === 'POST');

  it('come in order, signed once, as the bytes that were published, also several about one subject', async () => {
    const one = await webhooks.subscribed({ batch: { size: 4 } });
    await backlog(one, 10, [randomUUID(), randomUUID()]);
    await act(one, 'resumption');
    await delivered(one, 10);
    const hits = posts(one);
    expect(hits.map(numbersOf)).toEqual(['1-4', '5-8', '9-10']);
    for (const hit of hits) {
      expect(hit.headers).toMatchObject({
        'content-type': 'application/cloudevents-batch+json; charset=utf-8',
        'webhook-id': `${one.id}_${numbersOf(hit)}`,
      });
      expect(() => new Webhook(one.secret ?? '').verify(hit.body, hit.headers as Record<string, string>)).not.toThrow();
    }
    const bodies = await webhooks.service.sql<{ body: string }>(
      'select e.body from dispatch d join feed_event e on e.id = d.event_id where d.subscription_id = $1 order by d.sequence',
      [one.id],
    );
    expect(hits.map(({ body }) => body.slice(1, -1)).join()).toBe(bodies.map(({ body }) => body).join());
    const [attempt] = await webhooks.service.sql<{ request: string }>(
      'select request from dispatch_attempt where subscription_id = $1 and sequence = 6',
      [one.id],
    );
    expect(JSON.parse(attempt?.request ?? '')).toMatchObject({ 'okienko-sequence': '5-8' });
  });

  it('that are refused come event by event, so that a bad one holds up none but its subject', async () => {
    const one = await webhooks.subscribed({ batch: { size: 5 } });
    const ids = await backlog(one, 5);
    const bad = ids[2] ?? '';
    webhooks.sinks.refuses.set(one.path, ({ body }) => body.includes(bad));
    await act(one, 'resumption');
    await delivered(one, 4);
    expect(posts(one).map(numbersOf)).toEqual(['1-5', '1-1', '2-2', '3-3', '4-4', '5-5']);
    expect(eventsOf(posts(one)[3] as Hit)).toEqual([expect.objectContaining({ id: bad })]);

    await webhooks.withdraw();
    await delivered(one, 5);
    webhooks.sinks.refuses.delete(one.path);
    await webhooks.service.sql('update dispatch set next_attempt_at = now() where subscription_id = $1', [one.id]);
    await delivered(one, 6);
    expect(posts(one).slice(-2).map(numbersOf)).toEqual(['6-6', '3-3']);
  });

  it('that find nobody come again as the same batch, under the same id, whatever has come since', async () => {
    const one = await webhooks.subscribed({ batch: { size: 50 } });
    const offers = [randomUUID(), randomUUID()];
    await backlog(one, 4, offers);
    webhooks.sinks.answers.set(one.path, 503);
    await act(one, 'resumption');
    const [first] = await webhooks.posted(one.path, 1);
    await webhooks.withdraw(offers[0], 3);
    await numbered(one, 5);
    webhooks.sinks.answers.delete(one.path);
    await webhooks.service.sql(
      `update dispatch set next_attempt_at = now() where subscription_id = $1 and attempts > 0`,
      [one.id],
    );
    await delivered(one, 5);
    const [, again, after] = posts(one);
    expect([again?.headers['webhook-id'], again?.body]).toEqual([first?.headers['webhook-id'], first?.body]);
    expect(numbersOf(after as Hit)).toBe('5-5');
  });

  it('can be sent again, and leave out what is no longer granted', async () => {
    const one = await webhooks.subscribed({ batch: { size: 50 } });
    await backlog(one, 3);
    await act(one, 'resumption');
    await delivered(one, 3);
    expect((await act(one, 'redelivery', { from: 1, to: 3 })).body).toEqual({ count: 3 });
    await webhooks.posted(one.path, 2);
    expect(posts(one)[1]?.headers['webhook-id']).toBe(posts(one)[0]?.headers['webhook-id']);
    await delivered(one, 3);
    await webhooks.service.sql('update partner_grant set revoked_at = now(), revoked_by = $2 where partner_id = $1', [
      one.partnerId,
      'director-maria',
    ]);
    await act(one, 'redelivery', { from: 1, to: 3 });
    await webhooks.service.eventually(async () =>
      expect(
        await webhooks.service.sql('select distinct state from dispatch where subscription_id = $1', [one.id]),
      ).toEqual([{ state: 'WITHHELD' }]),
    );
    expect(posts(one)).toHaveLength(2);
  });

  it.each([[{ size: 1 }], [{ size: 101 }], [{ size: 2.5 }], [{}], ['all'], [[{ size: 5 }]]])(
    'are not made of %j',
    async (batch) => {
      expect((await webhooks.ask({ batch })).answer.status).toBe(400);
    },
  );

  it('are said in the subscription', async () => {
    const one = await webhooks.subscribed({ batch: { size: 7 } });
    const { body } = await webhooks.service.http('GET', `/subscriptions/${one.id}`, { as: partner(one.partnerId) });
    expect(body).toMatchObject({ batch: { size: 7 } });
  });
});
