import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { CannotDecrypt } from './cannot-decrypt';
import { decryptField, encryptField, isSealedAnew } from './sealed-column';

const key = randomBytes(32);
const place = { table: 'person', column: 'pesel', rowId: '0198f0c2-0000-7000-8000-000000000001' };
const text = fc.string({ unit: 'binary' });

describe('a sealed column', () => {
  it('gives back what was put in', () => {
    fc.assert(fc.property(text, (value) => decryptField(key, encryptField(key, value, place), place) === value));
  });

  it('never looks the same twice', () =>
    expect(encryptField(key, 'łódź', place)).not.toEqual(encryptField(key, 'łódź', place)));

  it('does not open once any byte has changed', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, where, mask) => {
        const sealed = encryptField(key, value, place);
        const index = where % sealed.length;
        sealed.writeUInt8(sealed.readUInt8(index) ^ mask, index);
        expect(() => decryptField(key, sealed, place)).toThrow(CannotDecrypt);
      }),
    );
  });

  it('does not open when cut short, and any bytes at all are refused by name', () => {
    const sealed = encryptField(key, 'a diagnosis', place);
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => decryptField(key, sealed.subarray(0, length), place)).toThrow(CannotDecrypt);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(() => decryptField(key, Buffer.of(1, ...bytes), place)).toThrow(CannotDecrypt);
      }),
    );
  });

  it.each([
    { ...place, table: 'contact' },
    { ...place, column: 'name' },
    { ...place, rowId: '0198f0c2-0000-7000-8000-000000000002' },
  ])('does not open in another place: $table, $column, $rowId', (elsewhere) => {
    const sealed = encryptField(key, '44051401359', place);
    expect(() => decryptField(key, sealed, elsewhere)).toThrow(CannotDecrypt);
  });

  it('does not take two places for one because their names join to the same text', () => {
    const sealed = encryptField(key, 'x', { table: 'a', column: 'b|c', rowId: '1' });
    expect(() => decryptField(key, sealed, { table: 'a|b', column: 'c', rowId: '1' })).toThrow(CannotDecrypt);
  });

  it('does not open under another key, and the error tells nothing of the contents', () => {
    const sealed = encryptField(key, '44051401359', place);
    expect(() => decryptField(randomBytes(32), sealed, place)).toThrow(new CannotDecrypt('person.pesel'));
  });
});

describe('while a key is rotated', () => {
  const [anew, before] = [randomBytes(32), randomBytes(32)];
  const both = Buffer.concat([anew, before]);

  it('the new one seals and either opens', () => {
    const [old, young] = [encryptField(before, 'Łoś', place), encryptField(both, 'Łoś', place)];
    expect([decryptField(both, old, place), decryptField(both, young, place)]).toEqual(['Łoś', 'Łoś']);
    expect(decryptField(anew, young, place)).toBe('Łoś');
    expect([isSealedAnew(both, old, place), isSealedAnew(both, young, place)]).toEqual([false, true]);
  });
});
