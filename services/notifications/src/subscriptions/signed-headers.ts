import { createHmac, sign } from 'node:crypto';
import type { Signature, WebhookSecrets } from './webhook-secret';

/** By which keys a subscription is signed at the moment. */
export interface Signing {
  readonly subscriptionId: string;
  readonly signature: Signature;
  readonly secretVersion: number;
  /** The secret before it signs too; null where there never was one. */
  readonly isEarlierValid: boolean | null;
}

/** Headers of a CloudEvent that is posted now (Standard Webhooks). */
export function signedHeaders(
  secrets: WebhookSecrets,
  { subscriptionId, signature, secretVersion, isEarlierValid }: Signing,
  id: string,
  body: string | Buffer,
  now = new Date(),
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const before = `${id}.${timestamp}.`;
  const by = (version: number): string =>
    signature === 'HMAC'
      ? `v1,${createHmac('sha256', secrets.keyOf(subscriptionId, version)).update(before).update(body).digest('base64')}`
      : `v1a,${sign(null, Buffer.concat([Buffer.from(before), Buffer.from(body)]), secrets.privateKeyOf(subscriptionId, version)).toString('base64')}`;
  const versions = isEarlierValid ? [secretVersion, secretVersion - 1] : [secretVersion];
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'okienko',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': versions.map(by).join(' '),
  };
}
