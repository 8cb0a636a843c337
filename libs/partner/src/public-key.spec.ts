import { generateKeyPairSync, sign } from 'node:crypto';
import { NotFromTheCentre, openWebhook } from './webhook';

const pair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = `whpk_${publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`;
  return { key, privateKey };
};
const body = JSON.stringify({ id: 'ż', type: 'pl.okienko.cases.plan.approved.v1' });
const mine = pair();
const other = pair();
const nowInSeconds = () => Math.floor(Date.now() / 1000);

const headersOf = ({ privateKey }: typeof mine, at: number | string = nowInSeconds(), version = 'v1a') => ({
  'webhook-id': 'one',
  'webhook-timestamp': String(at),
  'webhook-signature': `${version},${sign(null, Buffer.from(`one.${at}.${body}`), privateKey).toString('base64')}`,
  'okienko-sequence': '7',
});

describe('a webhook signed with a private key', () => {
  it('is opened with the public one, text or bytes', () => {
    expect(openWebhook(mine.key, headersOf(mine), body)).toMatchObject({ sequence: 7, event: { id: 'ż' } });
    expect(openWebhook(mine.key, headersOf(mine), Buffer.from(body)).sequence).toBe(7);
  });

  it('is opened during a rotation with either key', () => {
    expect(openWebhook([other.key, mine.key], headersOf(mine), body).sequence).toBe(7);
    const both = `${headersOf(other)['webhook-signature']} ${headersOf(mine)['webhook-signature']}`;
    expect(openWebhook(mine.key, { ...headersOf(mine), 'webhook-signature': both }, body).sequence).toBe(7);
  });

  it('about the subscription itself has no number', () => {
    const { 'okienko-sequence': _, ...headers } = headersOf(mine);
    expect(openWebhook(mine.key, headers, body).sequence).toBe(0);
  });

  it.each([
    ['another key signed', headersOf(other), body],
    ['a byte changed', headersOf(mine), `${body} `],
    ['another id is told', { ...headersOf(mine), 'webhook-id': 'two' }, body],
    ['it is too old', headersOf(mine, nowInSeconds() - 310), body],
    ['it is of the future', headersOf(mine, nowInSeconds() + 310), body],
    ['its time is no time', headersOf(mine, 'hello'), body],
    ['it claims to be of the other kind', headersOf(mine, nowInSeconds(), 'v1'), body],
    ['nothing is signed', {}, body],
    ['the signature is empty', { ...headersOf(mine), 'webhook-signature': 'v1a,' }, body],
  ])('is not believed when %s', (_, headers, sent) => {
    expect(() => openWebhook(mine.key, headers, sent)).toThrow(NotFromTheCentre);
  });
});
