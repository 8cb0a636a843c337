import { createHmac } from 'node:crypto';

/**
 * Finds an encrypted value by equality without storing it. Keyed, because eleven digits can be guessed through in minutes;
 * a key per purpose is derived first, so that equal values in two columns do not look equal. The caller normalises.
 */
export function blindIndex(key: Buffer, purpose: string, normalisedValue: string): Buffer {
  return hmac(hmac(key, purpose), normalisedValue);
}

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
