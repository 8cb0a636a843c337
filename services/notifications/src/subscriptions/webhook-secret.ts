import { createHmac, createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { KeyRing } from '@okienko/privacy/key-ring';

/** HMAC: both sides know one secret (`v1`). ED25519: what the partner holds can check, but not sign (`v1a`). */
export type Signature = 'HMAC' | 'ED25519';
export const signatures: readonly Signature[] = ['HMAC', 'ED25519'];

/** What comes before the 32 bytes of an ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const ed25519 = (bytes: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8, bytes]), format: 'der', type: 'pkcs8' });

/**
 * The Standard Webhooks secret of each subscription. It is derived and stored nowhere, so a repeated request gets the same one
 * and a copy of the database gives none away. This service finds nobody by an encrypted value: the ring's key for keyed hashes
 * makes the secrets instead.
 */
export class WebhookSecrets {
  private readonly keys = new Map<string, KeyObject>();

  constructor(private readonly ring: KeyRing) {}

  /** `version` counts the rotations. */
  of(subscriptionId: string, version = 1): string {
    return `whsec_${this.keyOf(subscriptionId, version).export().toString('base64')}`;
  }

  /** The secret as a key, made once: making it costs more than signing with it. */
  keyOf(subscriptionId: string, version = 1): KeyObject {
    return this.derive('webhook', subscriptionId, version, createSecretKey);
  }

  privateKeyOf(subscriptionId: string, version = 1): KeyObject {
    return this.derive('webhook-ed25519', subscriptionId, version, ed25519);
  }

  /** Signs what the centre exports of its log. */
  get evidenceKey(): KeyObject {
    return this.derive('evidence-ed25519', 'log', 1, ed25519);
  }

  publicKeyOf(subscriptionId: string, version = 1): string {
    const key = createPublicKey(this.privateKeyOf(subscriptionId, version));
    return `whpk_${key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`;
  }

  /** What its partner checks signatures by. */
  checkedBy(signature: Signature, subscriptionId: string, version: number): { secret?: string; publicKey?: string } {
    return signature === 'ED25519'
      ? { publicKey: this.publicKeyOf(subscriptionId, version) }
      : { secret: this.of(subscriptionId, version) };
  }

  private derive(use: string, subscriptionId: string, version: number, keyOf: (bytes: Buffer) => KeyObject): KeyObject {
    const name = version === 1 ? subscriptionId : `${subscriptionId}|${version}`;
    const what = `${use}|${name}`;
    const known = this.keys.get(what);
    if (known) return known;
    const key = keyOf(createHmac('sha256', this.ring.blindIndexKey).update(what).digest());
    this.keys.set(what, key);
    return key;
  }
}
