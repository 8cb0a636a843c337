import { createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto';
import { KeyRing } from '@okienko/privacy/key-ring';
import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { signedHeaders } from './signed-headers';
import { WebhookSecrets } from './webhook-secret';

const ring = (byte: number) =>
  KeyRing.fromEnvironmentValues(randomBytes(32).toString('base64'), Buffer.alloc(32, byte).toString('base64'));
const secrets = new WebhookSecrets(ring(1));
const subscriptionId = randomUUID();

/** As a partner would, with nothing but the text of the public key. */
function isBy(publicKey: string, headers: Record<string, string>, body: string): boolean[] {
  const spki = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(publicKey.slice('whpk_'.length), 'base64'),
  ]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return (headers['webhook-signature'] ?? '').split(' ').map((one) => {
    const [version, signature = ''] = one.split(',');
    return version === 'v1a' && verify(null, Buffer.from(content), key, Buffer.from(signature, 'base64'));
  });
}

describe('what is posted', () => {
  const signing = { subscriptionId, secretVersion: 3, isEarlierValid: null };

  it('is signed so that whoever has the secret believes it, whatever the body', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        const headers = signedHeaders(secrets, { ...signing, signature: 'HMAC' }, 'one', body);
        expect(new Webhook(secrets.of(subscriptionId, 3)).verify(body, headers)).toEqual(JSON.parse(body));
        expect(() => new Webhook(secrets.of(subscriptionId, 2)).verify(body, headers)).toThrow();
      }),
    );
  });

  it('is signed so that whoever has the public key believes it, whatever the body', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), (body, more) => {
        const headers = signedHeaders(secrets, { ...signing, signature: 'ED25519' }, 'one', body);
        expect(isBy(secrets.publicKeyOf(subscriptionId, 3), headers, body)).toEqual([true]);
        expect(isBy(secrets.publicKeyOf(subscriptionId, 3), headers, body + more)).toEqual([false]);
        expect(isBy(secrets.publicKeyOf(subscriptionId, 2), headers, body)).toEqual([false]);
      }),
    );
  });

  it('is signed by both keys while the earlier is valid', () => {
    const both = signedHeaders(secrets, { ...signing, signature: 'ED25519', isEarlierValid: true }, 'one', '{}');
    expect(isBy(secrets.publicKeyOf(subscriptionId, 3), both, '{}')).toEqual([true, false]);
    expect(isBy(secrets.publicKeyOf(subscriptionId, 2), both, '{}')).toEqual([false, true]);
  });

  it('has a public key for each subscription and rotation, which follows from the ring alone', () => {
    const key = secrets.publicKeyOf(subscriptionId);
    expect(key).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    expect(new WebhookSecrets(ring(1)).publicKeyOf(subscriptionId)).toBe(key);
    const others = [
      secrets.publicKeyOf(subscriptionId, 2),
      secrets.publicKeyOf(randomUUID()),
      new WebhookSecrets(ring(2)).publicKeyOf(subscriptionId),
    ];
    expect(new Set([key, ...others]).size).toBe(4);
  });
});
