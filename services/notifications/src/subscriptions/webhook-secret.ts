import { createHmac, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRing } from '@okienko/privacy/key-ring';

/** HMAC: both sides know one secret (`v1`). ED25519: what the partner holds can check, but not sign (`v1a`). */
export type Signature = 'HMAC' | 'ED25519';
export const signatures: readonly Signature[] = ['HMAC', 'ED25519'];

/** What comes before the 32 bytes of an ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The Standard Webhooks secret of each subscription. It is derived and stored nowhere, so a repeated request gets the same one
 * and a copy of the database gives none away. This service finds nobody by an encrypted value: the ring's key for keyed hashes
 * makes the secrets instead.
 */
export class WebhookSecrets {
  private readonly derived = new Map<string, Buffer>();

  constructor(private readonly ring: KeyRing) {}

  /** `version` counts the rotations. */
  of(subscriptionId: string, version = 1): string {
    return `whsec_${this.derive('webhook', subscriptionId, version).toString('base64')}`;
  }

  privateKeyOf(subscriptionId: string, version = 1): KeyObject {
    const key = Buffer.concat([pkcs8, this.derive('webhook-ed25519', subscriptionId, version)]);
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
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

  private derive(use: string, subscriptionId: string, version: number): Buffer {
    const name = version === 1 ? subscriptionId : `${subscriptionId}|${version}`;
    const what = `${use}|${name}`;
    const known = this.derived.get(what) ?? createHmac('sha256', this.ring.blindIndexKey).update(what).digest();
    this.derived.set(what, known);
    return known;
  }
}
