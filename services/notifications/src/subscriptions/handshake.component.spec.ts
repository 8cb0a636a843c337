import { randomUUID } from 'node:crypto';
import { type Hit, partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';
import { problemOf } from '../scenario';

jest.setTimeout(60_000);

const agreement = { 'WebHook-Allowed-Origin': 'cus.example.pl' };

describe('a sink that is asked before anything is posted to it', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start();
  }, 60_000);
  afterAll(() => webhooks?.stop());
  afterEach(() => webhooks.service.sql('update subscription set ended_at = now() where ended_at is null'));

  it('is asked in the name of the centre, and gets what is published once it has agreed', async () => {
    const { path } = await webhooks.subscribed({ handshake: 'OPTIONS' }, agreement);
    expect(webhooks.sinks.at(path)).toMatchObject([
      { method: 'OPTIONS', headers: { 'webhook-request-origin': 'cus.example.pl' }, body: '' },
    ]);
    await webhooks.withdraw();
    await webhooks.posted(path, 1);
  });

  it('makes no subscription when it does not agree', async () => {
    const told = async (more: object, agrees?: Record<string, string>) => {
      const { answer, partnerId } = await webhooks.ask(more, agrees);
      expect(await webhooks.service.sql('select from subscription where partner_id = $1', [partnerId])).toEqual([]);
      return [problemOf(answer), answer.body['detail']];
    };
    const refused = '422 sink-does-not-agree';
    expect(await told({ handshake: 'OPTIONS' })).toEqual([refused, expect.stringContaining('405')]);
    expect(await told({ handshake: 'OPTIONS' }, {})).toEqual([refused, expect.stringContaining('does not name')]);
    const other = { 'WebHook-Allowed-Origin': 'other.example' };
    expect(await told({ handshake: 'OPTIONS' }, other)).toEqual([refused, expect.stringContaining('cus.example.pl')]);
    const none = { sink: 'https://93.184.216.34/in', handshake: 'NONE' };
    expect(await told(none)).toEqual([refused, expect.stringContaining('handshake')]);
    expect((await told({ handshake: 'MAYBE' }))[0]).toBe('400 invalid-request');
  });

  it('on the own network is not asked unless that is wished', async () => {
    const { path } = await webhooks.subscribed();
    expect(webhooks.sinks.at(path)).toEqual([]);
  });

  it('gets no more posts a minute than it agreed to, whichever replica sends them', async () => {
    const replica = await webhooks.service.replica();
    const limited = { ...agreement, 'WebHook-Allowed-Rate': '60' };
    const { id, path, partnerId } = await webhooks.subscribed({ handshake: 'OPTIONS' }, limited);
    const { path: other } = await webhooks.subscribed();
    const { body } = await webhooks.service.http('GET', `/subscriptions/${id}`, { as: partner(partnerId) });
    expect(body).toMatchObject({ postsPerMinute: 60 });
    await Promise.all(Array.from({ length: 5 }, () => webhooks.withdraw()));
    const free = await webhooks.posted(other, 5);
    const paced = await webhooks.posted(path, 5);
    const between = paced.slice(1).map(({ at }, index) => at - (paced[index]?.at ?? 0));
    expect(Math.min(...between)).toBeGreaterThan(850);
    expect((free.at(-1)?.at ?? 0) - (free[0]?.at ?? 0)).toBeLessThan(3_000);
    await replica.stop();
  });
});

describe('a subscription signed with a private key', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start();
  }, 60_000);
  afterAll(() => webhooks?.stop());

  const keysOf = ({ id, partnerId }: Subscribed) =>
    webhooks.service.http('GET', `/subscriptions/${id}/public-key`, { as: partner(partnerId) });
  const signaturesOf = (hit: Hit | undefined): string[] => String(hit?.headers['webhook-signature']).split(' ');

  it('tells its public key, signs by it, and by both during a rotation', async () => {
    const mine = await webhooks.subscribed({ signature: 'ED25519' });
    expect(mine).toMatchObject({ publicKey: expect.stringMatching(/^whpk_/) });
    expect(mine).not.toHaveProperty('secret');
    expect((await keysOf(mine)).body).toEqual({ publicKey: mine.publicKey, earlierPublicKey: null });
    await webhooks.withdraw();
    const [hit] = await webhooks.posted(mine.path, 1);
    expect(signaturesOf(hit)).toEqual([expect.stringMatching(/^v1a,/)]);

    const key = randomUUID();
    const rotate = () =>
      webhooks.service.http('POST', `/subscriptions/${mine.id}/secret-rotation`, {
        as: partner(mine.partnerId),
        body: {},
        key,
      });
    const { body: rotated } = await rotate();
    expect((await rotate()).body).toEqual(rotated);
    expect(rotated).toMatchObject({ publicKey: expect.stringMatching(/^whpk_/) });
    expect((await keysOf(mine)).body).toEqual({ publicKey: rotated['publicKey'], earlierPublicKey: mine.publicKey });
    await webhooks.withdraw();
    const [, later] = await webhooks.posted(mine.path, 2);
    expect(signaturesOf(later)).toEqual([expect.stringMatching(/^v1a,/), expect.stringMatching(/^v1a,/)]);
  });

  it('is something else than one with a secret', async () => {
    const mine = await webhooks.subscribed();
    expect(mine).not.toHaveProperty('publicKey');
    expect(problemOf(await keysOf(mine))).toBe('404 not-found');
  });
});
