import { createHmac } from 'node:crypto';
import type { KeyRing } from '@okienko/privacy/key-ring';

/**
 * The Standard Webhooks secret of each subscription. It is derived and stored nowhere, so a repeated request gets the same one
 * and a copy of the database gives none away. This service finds nobody by an encrypted value: the ring's key for keyed hashes
 * makes the secrets instead.
 */
export class WebhookSecrets {
  private readonly derived = new Map<string, string>();

  constructor(private readonly ring: KeyRing) {}

  /** `version` counts the rotations. */
  of(subscriptionId: string, version = 1): string {
    const name = version === 1 ? subscriptionId : `${subscriptionId}|${version}`;
    const known = this.derived.get(name);
    if (known !== undefined) return known;
    const secret = createHmac('sha256', this.ring.blindIndexKey).update(`webhook|${name}`).digest('base64');
    this.derived.set(name, `whsec_${secret}`);
    return `whsec_${secret}`;
  }
}
