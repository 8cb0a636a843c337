import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { CannotDecrypt } from './cannot-decrypt';
import { KeyRing } from './key-ring';

const [first, second, blindIndexKey] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;
const ring = new KeyRing({ masterKeys: { 1: first, 2: second }, current: 2, blindIndexKeys: { 1: blindIndexKey } });

describe('a person key', () => {
  it('is unwrapped by the master key that wrapped it', () => {
    const { wrapped, version, key } = ring.newPersonKey();
    expect(version).toBe(2);
    expect(key).toHaveLength(32);
    expect(wrapped.includes(key)).toBe(false);
    expect(ring.unwrap(wrapped, version)).toEqual(key);
  });

  it('is not unwrapped by another master key, nor by one that the ring does not hold', () => {
    const { wrapped } = ring.newPersonKey();
    expect(() => ring.unwrap(wrapped, 1)).toThrow(CannotDecrypt);
    expect(() => ring.unwrap(wrapped, 3)).toThrow('master key version 3 is not in the key ring');
  });

  it('is not unwrapped once a byte has changed or is missing', () => {
    const { wrapped, version } = ring.newPersonKey();
    fc.assert(
      fc.property(fc.nat(wrapped.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
        const changed = Buffer.from(wrapped);
        changed.writeUInt8(changed.readUInt8(index) ^ mask, index);
        expect(() => ring.unwrap(changed, version)).toThrow(CannotDecrypt);
        expect(() => ring.unwrap(wrapped.subarray(0, index), version)).toThrow(CannotDecrypt);
      }),
    );
  });
});

describe('keys from the environment', () => {
  const text = (key: Buffer) => key.toString('base64');

  it('are read from hex and from base64', () => {
    const { wrapped, version, key } = KeyRing.fromEnvironmentValues(
      first.toString('hex'),
      text(blindIndexKey),
    ).newPersonKey();
    expect(version).toBe(1);
    expect(KeyRing.fromEnvironmentValues(text(first), text(blindIndexKey)).unwrap(wrapped, 1)).toEqual(key);
  });

  it('hold the old and the new master key during a rotation', () => {
    const before = KeyRing.fromEnvironmentValues(text(first), text(blindIndexKey));
    const during = KeyRing.fromEnvironmentValues(`1:${text(first)}, 2:${text(second)}`, text(blindIndexKey));
    const { wrapped, version, key } = before.newPersonKey();
    expect(during.unwrap(wrapped, version)).toEqual(key);
    expect(during.newPersonKey().version).toBe(2);
  });

  it.each([
    ['', 'the master key, version 1, must be 32 bytes in hex or base64; the value has 0 characters'],
    ['1:', 'the master key, version 1, must be 32 bytes'],
    [text(first).slice(4), 'the value has 40 characters'],
    [`${text(first)},${text(second)}`, 'two master keys have the same version'],
    [text(blindIndexKey), 'every key must be a different one'],
  ])('are refused with a reason: %#', (masterKey, reason) =>
    expect(() => KeyRing.fromEnvironmentValues(masterKey, text(blindIndexKey))).toThrow(reason),
  );

  it('never appear in an error or in what is printed of the ring', () => {
    const secret = `${text(first)}x`;
    expect(() => KeyRing.fromEnvironmentValues(secret, text(blindIndexKey))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(text(first).slice(0, 8)) }),
    );
    expect(JSON.stringify(ring) + inspect(ring, { depth: 9 })).toBe('{}KeyRing {}');
  });
});

it.each([
  [{ masterKeys: { 1: first }, current: 2 }, 'the current master key, version 2, is missing'],
  [{ masterKeys: { 1: first.subarray(1) }, current: 1 }, 'every key must be 32 bytes long'],
])('a ring that cannot work is refused at once: %#', (keys, reason) => expect(() => new KeyRing(keys)).toThrow(reason));

it('a ring without a blind index key wraps the keys of people, and indexes nothing', () => {
  const plain = KeyRing.fromEnvironmentValues(first.toString('hex'));
  const { wrapped, version, key } = plain.newPersonKey();
  expect(plain.unwrap(wrapped, version)).toEqual(key);
  expect(() => plain.blindIndexKey).toThrow('this key ring has no blind index key');
});
