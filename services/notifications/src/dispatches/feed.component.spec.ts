import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';

jest.setTimeout(30_000);

interface Frame {
  readonly id: number;
  readonly event: string;
  readonly data: { readonly id: string; readonly type: string } | null;
}
interface Stream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly frames: readonly Frame[];
  readonly ended: Promise<void>;
  close(): void;
}
interface Followed {
  readonly from?: string;
  readonly since?: string;
  readonly query?: string;
  readonly exp?: number;
}

describe('the feed as server-sent events', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start();
  }, 60_000);
  afterAll(() => webhooks?.stop());
  afterEach(() => webhooks.service.sql('update subscription set ended_at = now() where ended_at is null'));

  /** Reads it as any client of HTTP does. */
  async function follow(
    { id, partnerId }: Pick<Subscribed, 'id' | 'partnerId'>,
    { from, since, query = '', exp }: Followed = {},
  ): Promise<Stream> {
    const token = await webhooks.service.issuer.token(partner(partnerId), exp === undefined ? {} : { exp });
    const request = get(`${from ?? webhooks.service.url}/subscriptions/${id}/events${query}`, {
      agent: false,
      headers: {
        Accept: 'text/event-stream',
        Authorization: `Bearer ${token}`,
        ...(since === undefined ? {} : { 'Last-Event-ID': since }),
      },
    });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const frames: Frame[] = [];
    const read = async (): Promise<void> => {
      let rest = '';
      answer.setEncoding('utf8');
      for await (const chunk of answer) {
        const parts = (rest + String(chunk)).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          const [, number, event = '', data = ''] = /^id: (\d+)\nevent: (.*)\ndata: (.*)$/.exec(part) ?? [];
          if (number) frames.push({ id: Number(number), event, data: JSON.parse(data) as Frame['data'] });
        }
      }
    };
    const { statusCode: status = 0, headers } = answer;
    return { status, headers, frames, ended: read().catch(() => undefined), close: () => answer.destroy() };
  }
  const tells = ({ frames }: Stream, expected: readonly [number, string | null][]): Promise<void> =>
    webhooks.service.eventually(() => expect(frames.map(({ id, data }) => [id, data?.id ?? null])).toEqual(expected));
  const withdrawn = async ({ id }: Subscribed, count: number): Promise<string[]> => {
    for (let n = 0; n < count; n += 1) await webhooks.withdraw();
    return webhooks.service.eventually(async () => {
      const rows = await webhooks.service.sql<{ event_id: string }>(
        'select event_id from dispatch where subscription_id = $1 order by sequence',
        [id],
      );
      expect(rows.length).toBeGreaterThanOrEqual(count);
      return rows.map((row) => row.event_id);
    });
  };

  it('tells what is there and what comes, and goes on after the last number, on any replica', async () => {
    const mine = await webhooks.subscribed();
    const replica = await webhooks.service.replica();
    const [one = '', two = ''] = await withdrawn(mine, 2);
    const stream = await follow(mine);
    expect([stream.status, stream.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8']);
    await tells(stream, [
      [1, one],
      [2, two],
    ]);
    const three = await webhooks.withdraw();
    await tells(stream, [
      [1, one],
      [2, two],
      [3, three],
    ]);
    expect(stream.frames.every(({ event, data }) => event === data?.type)).toBe(true);
    stream.close();
    const again = await follow(mine, { from: replica.url, since: '1', query: '?after=3' });
    await tells(again, [
      [2, two],
      [3, three],
    ]);
    const later = await follow(mine, { query: '?after=2' });
    await tells(later, [[3, three]]);
    later.close();
    // A replica that stops lets its streams go.
    await Promise.all([replica.stop(), again.ended]);
  });

  it('keeps the number of what is no longer granted, and ends with the subscription', async () => {
    const mine = await webhooks.subscribed();
    const [one = ''] = await withdrawn(mine, 1);
    const stream = await follow(mine);
    await tells(stream, [[1, one]]);
    await webhooks.service.sql(
      'update partner_grant set revoked_at = now(), revoked_by = given_by where partner_id = $1',
      [mine.partnerId],
    );
    const withheld = await follow(mine);
    await tells(withheld, [[1, null]]);
    expect(withheld.frames[0]?.event).toBe('withheld');
    await webhooks.service.http('DELETE', `/subscriptions/${mine.id}`, { as: partner(mine.partnerId) });
    await Promise.all([stream.ended, withheld.ended]);
    expect((await follow(mine)).status).toBe(404);
  });

  it('ends with the token, and is held open by an account ten times at most', async () => {
    const mine = await webhooks.subscribed();
    const short = await follow(mine, { exp: Math.floor(Date.now() / 1000) + 2 });
    expect(short.status).toBe(200);
    await short.ended;
    const streams = await Promise.all(Array.from({ length: 10 }, () => follow(mine)));
    expect(streams.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect((await follow(mine)).status).toBe(429);
    for (const { close } of streams) close();
    const next = await webhooks.service.eventually(async () => {
      const one = await follow(mine);
      expect(one.status).toBe(200);
      return one;
    });
    next.close();
  });

  it('is nobody else’s, and wants a number to go on from', async () => {
    const mine = await webhooks.subscribed();
    const stranger = `partner-${randomUUID()}`;
    expect((await follow({ id: mine.id, partnerId: stranger })).status).toBe(404);
    expect((await follow(mine, { since: 'yesterday' })).status).toBe(400);
    const far = await follow(mine, { since: '9999999999999999999' });
    expect(far.status).toBe(200);
    far.close();
  });
});
