import fc from 'fast-check';
import { blindIndex } from './blind-index';

const key = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);

describe('a blind index', () => {
  it('is the same for the same value, and stays what it is in stored rows', () =>
    expect(blindIndex(key, 'pesel', '44051401359').toString('hex')).toBe(
      'ea0d4958c931ac995b31ab284caf1380525f677227887cbcd979d3b3ccbb2b47',
    ));

  it('differs by value, by purpose and by key', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 3, maxLength: 3 }), ([a, b, c]) => {
        const indexes = [
          [key, a, b],
          [key, a, c],
          [key, c, b],
          [other, a, b],
        ] as [Buffer, string, string][];
        expect(new Set(indexes.map((given) => blindIndex(...given).toString('hex'))).size).toBe(4);
      }),
    );
  });

  it('does not take two pairs for one because they join to the same text', () =>
    expect(blindIndex(key, 'nip1', '23')).not.toEqual(blindIndex(key, 'nip', '123')));
});
