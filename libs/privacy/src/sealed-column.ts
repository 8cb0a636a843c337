import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { CannotDecrypt } from './cannot-decrypt';

/** Where a ciphertext lives. It is authenticated with the data, so a value copied to another row or column does not open. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
}

const cipherName = 'aes-256-gcm';
const keyLength = 32;
const layout = 1;
const nonceAt = 1;
const tagAt = nonceAt + 12;
const dataAt = tagAt + 16;

export const encryptField = (key: Buffer, plaintext: string, place: Place): Buffer =>
  encryptBytes(key, Buffer.from(plaintext, 'utf8'), place);

export const decryptField = (key: Buffer, sealed: Buffer, place: Place): string =>
  decryptBytes(key, sealed, place).toString('utf8');

/** The part of a person's key that seals. While it is rotated, the one that sealed before follows it, and still opens. */
const sealing = (key: Buffer): Buffer => key.subarray(0, keyLength);

// Keys are given as objects: of bytes Node finds out by an error that they are none, which costs three times as much as sealing.

/** AES-256-GCM (NIST SP 800-38D) under the person's key. Layout 1: version byte, 12-byte random nonce, 16-byte tag, data. */
export function encryptBytes(key: Buffer, plain: Buffer, place: Place): Buffer {
  const nonce = randomBytes(tagAt - nonceAt);
  const cipher = createCipheriv(cipherName, createSecretKey(sealing(key)), nonce).setAAD(authenticated(place));
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(layout), nonce, cipher.getAuthTag(), data]);
}

export function decryptBytes(key: Buffer, sealed: Buffer, place: Place): Buffer {
  const opened = openedWith(sealing(key), sealed, place) ?? openedWith(key.subarray(keyLength), sealed, place);
  if (!opened) throw new CannotDecrypt(`${place.table}.${place.column}`);
  return opened;
}

/** Whether the value was sealed by the key that seals now, and not by the one before it. */
export const isSealedAnew = (key: Buffer, sealed: Buffer, place: Place): boolean =>
  openedWith(sealing(key), sealed, place) !== undefined;

function openedWith(key: Buffer, sealed: Buffer, place: Place): Buffer | undefined {
  if (key.length === 0 || sealed[0] !== layout || sealed.length < dataAt) return undefined;
  const decipher = createDecipheriv(cipherName, createSecretKey(key), sealed.subarray(nonceAt, tagAt), {
    authTagLength: dataAt - tagAt,
  });
  decipher.setAAD(authenticated(place)).setAuthTag(sealed.subarray(tagAt, dataAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(dataAt)), decipher.final()]);
  } catch {
    return undefined;
  }
}

// JSON keeps the parts apart: "a|b" in a column is not the same place as "b" in a column of table "a".
const authenticated = ({ table, column, rowId }: Place): Buffer =>
  Buffer.from(JSON.stringify([layout, table, column, rowId]));
