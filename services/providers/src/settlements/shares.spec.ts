import fc from 'fast-check';
import { apportion } from './shares';

const weights = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 8 })
  .filter((all) => all.some((one) => one > 0));
const amount = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('cutting an amount by weights', () => {
  it('gives what is left after the division to those who lost most, of equals to the first', () => {
    expect(apportion(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(apportion(1000, [843, 157])).toEqual([843, 157]);
    expect(apportion(101, [843, 157])).toEqual([85, 16]);
    expect(apportion(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(apportion(0, [5, 0])).toEqual([0, 0]);
    expect(() => apportion(1, [0, 0])).toThrow();
  });

  it('adds up to the whole, each part within a grosz of the exact one, and nothing goes to a weight of zero', () => {
    fc.assert(
      fc.property(amount, weights, (total, by) => {
        const parts = apportion(total, by);
        const sum = by.reduce((all, one) => all + one, 0);
        expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
        parts.forEach((part, at) => {
          const weight = by[at] ?? 0;
          // |part × sum − total × weight| < sum, in whole numbers.
          const off = BigInt(part) * BigInt(sum) - BigInt(total) * BigInt(weight);
          expect(off < BigInt(sum) && -off < BigInt(sum)).toBe(true);
          if (weight === 0) expect(part).toBe(0);
        });
      }),
    );
  });

  it('is the same whoever computes it, and never takes from somebody when there is more to give to two', () => {
    fc.assert(
      fc.property(amount, weights, (total, by) => expect(apportion(total, by)).toEqual(apportion(total, [...by]))),
    );
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 999 }), (total, one) => {
        const [before = 0, rest = 0] = apportion(total, [one, 1000 - one]);
        const [after = 0, more = 0] = apportion(total + 1, [one, 1000 - one]);
        expect([after >= before, more >= rest]).toEqual([true, true]);
      }),
    );
  });
});
