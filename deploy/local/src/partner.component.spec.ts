import { randomBytes, randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { type Received, type SamplePartner, startPartner } from './partner';
import { freePort } from './ports';

const secretOf = () => `whsec_${randomBytes(32).toString('base64')}`;
const secret = secretOf();

const cloudEvent = (id: string) =>
  JSON.stringify({
    id,
    type: 'pl.okienko.cases.plan.approved.v1',
    subject: 'p-1',
    sequence: '0000000004',
    time: '2026-03-02T08:15:00.000Z',
    data: { note: 'zażółć' },
  });

describe('the sample partner', () => {
  let partner: SamplePartner;

  beforeEach(async () => {
    partner = await startPartner({ port: await freePort() });
    partner.use(secret);
  });
  afterEach(() => partner.stop());

  interface How {
    readonly key?: string;
    readonly sent?: string;
    readonly at?: Date;
  }

  async function post(id: string, { key = secret, sent, at = new Date() }: How = {}) {
    const body = cloudEvent(id);
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(key).sign(id, at, body),
      'okienko-sequence': '7',
    };
    return (await fetch(partner.url, { method: 'POST', headers, body: sent ?? body })).status;
  }

  it('takes a signed event, tells of it, and knows its repetition', async () => {
    const told: Received[] = [];
    const silence = partner.onReceived((received) => told.push(received));
    const id = randomUUID();
    expect([await post(id), await post(id)]).toEqual([204, 204]);
    expect(partner.received()).toEqual([
      {
        id,
        verified: true,
        receivedAt: expect.any(String) as string,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        type: 'cases.plan.approved.v1',
        subject: 'p-1',
        sequence: 4,
        place: 7,
        time: '2026-03-02T08:15:00.000Z',
      },
    ]);
    expect(told).toEqual(partner.received());
    silence();
    await post(randomUUID());
    expect(told).toHaveLength(1);
  });

  it.each<[string, () => How]>([
    ['another secret', () => ({ key: secretOf() })],
    ['another body', () => ({ sent: cloudEvent('other') })],
    ['an old time', () => ({ at: new Date(Date.now() - 6 * 60_000) })],
  ])('refuses a signature of %s and believes nothing of it', async (_what, how) => {
    const id = randomUUID();
    expect(await post(id, how())).toBe(401);
    expect(partner.received()).toEqual([
      {
        id,
        verified: false,
        receivedAt: expect.any(String) as string,
        digest: expect.any(String) as string,
        type: '',
        subject: '',
      },
    ]);
    // The forgery does not keep the true one out.
    expect(await post(id)).toBe(204);
    expect(partner.received().map(({ verified }) => verified)).toEqual([false, true]);
  });

  it('puts off what it is told to, and everything until it knows the secret', async () => {
    const id = randomUUID();
    partner.failNext(2);
    expect([await post(id), await post(id), await post(id)]).toEqual([503, 503, 204]);

    const newcomer = await startPartner({ port: await freePort() });
    try {
      expect((await fetch(newcomer.url, { method: 'POST', body: '{}' })).status).toBe(503);
      expect(newcomer.received()).toEqual([]);
    } finally {
      await newcomer.stop();
    }
  });

  it('keeps the last 1,000', async () => {
    for (let count = 0; count < 1_003; count += 1) await post(String(count));
    const ids = partner.received().map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([1_000, '3', '1002']);
  });

  it('has nothing anywhere else, and takes no flood', async () => {
    expect((await fetch(partner.url)).status).toBe(405);
    expect((await fetch(new URL('/other', partner.url), { method: 'POST' })).status).toBe(404);
    expect(await post('large', { sent: 'x'.repeat(1024 * 1024 + 1) })).toBe(413);
  });
});
