import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { CannotDecrypt } from './cannot-decrypt';

export interface Keys {
  readonly masterKeys: Readonly<Record<number, Buffer>>;
  /** The version that wraps new keys; the others only unwrap what they wrapped before a rotation. */
  readonly current: number;
  /** Of a service that looks people up by what it keeps sealed; others have none. The highest version is current. */
  readonly blindIndexKeys?: Readonly<Record<number, Buffer>>;
}

export interface PersonKey {
  readonly wrapped: Buffer;
  readonly version: number;
  readonly key: Buffer;
}

// RFC 3394 Key Wrap: made for keys, deterministic, so there is no nonce to misuse; the constant is its integrity check.
const keyWrap = 'id-aes256-wrap';
const initialValue = Buffer.alloc(8, 0xa6);
/** One key, or during its own rotation two: the one that seals, then the one that sealed before. */
const keyLengths = [32, 64];

/** Envelope encryption: a data key per person, wrapped by a master key that never meets the data. */
export class KeyRing {
  // Private to the runtime, not only to the compiler: a key ring that is logged or serialised shows nothing.
  readonly #keys: Keys;

  constructor(keys: Keys) {
    const all = [...Object.values(keys.masterKeys), ...Object.values(keys.blindIndexKeys ?? {})];
    if (all.some((key) => key.length !== 32)) throw new Error('every key must be 32 bytes long');
    if (!keys.masterKeys[keys.current]) throw new Error(`the current master key, version ${keys.current}, is missing`);
    if (new Set(all.map((key) => key.toString('hex'))).size < all.length)
      throw new Error('every key must be a different one');
    this.#keys = keys;
  }

  /**
   * `masterKey` is one key, which is version 1, or for the time of a rotation several: `1:<old>,2:<new>`. The highest
   * version is current. So is the key of the blind index. A key is 32 bytes in hex or base64, as `openssl rand -base64 32` prints it.
   */
  static fromEnvironmentValues(masterKey: string, blindIndexKey?: string): KeyRing {
    const masterKeys = versionsOf('the master key', 'two master keys have', masterKey);
    const current = highest(masterKeys);
    if (blindIndexKey === undefined) return new KeyRing({ masterKeys, current });
    const blindIndexKeys = versionsOf('the blind index key', 'two blind index keys have', blindIndexKey);
    return new KeyRing({ masterKeys, current, blindIndexKeys });
  }

  get current(): number {
    return this.#keys.current;
  }

  get blindIndexKey(): Buffer {
    const [current] = this.blindIndexKeys;
    if (!current) throw new Error('this key ring has no blind index key');
    return current.key;
  }

  /** The current one first; during a rotation those after it are looked for, and entered, too. */
  get blindIndexKeys(): { readonly version: number; readonly key: Buffer }[] {
    const versions = Object.entries(this.#keys.blindIndexKeys ?? {});
    return versions.map(([version, key]) => ({ version: Number(version), key })).toSorted(newestFirst);
  }

  newPersonKey(): PersonKey {
    return this.wrap(randomBytes(32));
  }

  wrap(key: Buffer): PersonKey {
    const cipher = createCipheriv(keyWrap, this.#master(this.current), initialValue);
    return { wrapped: Buffer.concat([cipher.update(key), cipher.final()]), version: this.current, key };
  }

  unwrap(wrapped: Buffer, version: number): Buffer {
    // Nothing unwraps to nothing without complaint, and nothing is no key.
    if (!keyLengths.includes(wrapped.length - initialValue.length)) throw new CannotDecrypt('a wrapped key');
    const decipher = createDecipheriv(keyWrap, this.#master(version), initialValue);
    try {
      return Buffer.concat([decipher.update(wrapped), decipher.final()]);
    } catch {
      throw new CannotDecrypt('a wrapped key');
    }
  }

  #master(version: number): KeyObject {
    const key = this.#keys.masterKeys[version];
    if (!key) throw new Error(`master key version ${version} is not in the key ring`);
    return createSecretKey(key);
  }
}

const newestFirst = (one: { version: number }, other: { version: number }): number => other.version - one.version;
const highest = (keys: Readonly<Record<number, Buffer>>): number => Math.max(...Object.keys(keys).map(Number));

/** `<key>`, which is version 1, or `1:<old>,2:<new>`. */
function versionsOf(what: string, twoHave: string, text: string): Record<number, Buffer> {
  const entries = text.split(',').map((entry) => {
    const [, version = '1', key = ''] = /^(?:([1-9]\d{0,8}):)?(.*)$/s.exec(entry.trim()) ?? [];
    return [Number(version), parseKey(`${what}, version ${version},`, key)] as const;
  });
  const keys = Object.fromEntries(entries);
  if (Object.keys(keys).length < entries.length) throw new Error(`${twoHave} the same version`);
  return keys;
}

/** Says what is wrong with the text without ever showing it. */
function parseKey(what: string, text: string): Buffer {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, 'base64');
  throw new Error(`${what} must be 32 bytes in hex or base64; the value has ${text.length} characters`);
}
