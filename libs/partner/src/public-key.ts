import { createPublicKey, verify } from 'node:crypto';

const prefix = 'whpk_';
/** What comes before the 32 bytes of an ed25519 key in SPKI (RFC 8410). */
const spki = Buffer.from('302a300506032b6570032100', 'hex');
/** Seconds that a signature may be old, or ahead; as the other kind of signatures has it. */
const tolerance = 300;

export const isPublicKey = (key: string): boolean => key.startsWith(prefix);

/** Whether one of the signatures (Standard Webhooks, `v1a`) is of this key and of now. */
export function isSignedBy(key: string, signed: Readonly<Record<string, string>>, body: string | Buffer): boolean {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures = '' } = signed;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > tolerance) return false;
  const bytes = Buffer.concat([spki, Buffer.from(key.slice(prefix.length), 'base64')]);
  const publicKey = createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
  return signatures
    .split(' ')
    .filter((one) => one.startsWith('v1a,'))
    .some((one) => verify(null, content, publicKey, Buffer.from(one.slice('v1a,'.length), 'base64')));
}
