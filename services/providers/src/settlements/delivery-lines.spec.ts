import fc from 'fast-check';
import { addDays } from '@okienko/contracts/calendar';
import { type HeldLine, linesOf } from './delivery-lines';
import { exampleDelivery, exampleTerms, hours } from './settlement-example';
import { amountOf, type Line } from './settlement-line';

const terms = exampleTerms();
const explained = (lines: readonly Line[]): unknown[] =>
  lines.map(({ rule, quantity, grosze }) => [rule, quantity, grosze]);
const held = (line: Line): HeldLine => ({ ...line, settlementId: '0197a000-0000-7000-8000-0000000000e1' });

describe('the line of a delivery', () => {
  it.each([
    ['2026-03-15', 4500],
    ['2026-03-16', 4700],
  ])('of %s has the price of that day', (day, priceGrosze) => {
    const [line] = linesOf(exampleDelivery({ day }), terms);
    expect(line).toMatchObject({
      rule: 'PRICE',
      day,
      priceGrosze,
      quantity: 2,
      part: 1,
      whole: 1,
      grosze: 2 * priceGrosze,
    });
  });

  it('tells why less is paid, or nothing', () => {
    const of = (changes: object): unknown => explained(linesOf(exampleDelivery(changes), terms))[0];
    // 2 × 45.00 × 333 ‰ = 29.97
    expect(of({ outcome: 'CLIENT_ABSENT' })).toEqual(['NO_SHOW', 2, 2997]);
    expect(of({ outcome: 'PROVIDER_ABSENT' })).toEqual(['NOT_PAID', 2, 0]);
    expect(of({ outcome: 'CANCELLED' })).toEqual(['NOT_PAID', 2, 0]);
    expect(of({ unit: 'VISIT' })).toEqual(['NO_PRICE', 2, 0]);
    expect(of({ day: '2025-12-31' })).toEqual(['NO_PRICE', 2, 0]);
    expect(linesOf(exampleDelivery({ accepted: false }), terms)).toEqual([]);
  });

  it('is counted only, where the service is paid by the month or by its costs', () => {
    const services = [{ offerId: hours, unit: 'FLAT_SUM' }];
    const monthly = [{ offerId: hours, unit: 'FLAT_SUM', grosze: 100_000, from: '2026-01-01', to: null }];
    const delivery = exampleDelivery({ unit: 'FLAT_SUM' });
    expect(explained(linesOf(delivery, exampleTerms({ services, prices: monthly })))).toEqual([
      ['WITHIN_FLAT_SUM', 2, 0],
    ]);
    expect(explained(linesOf(delivery, exampleTerms({ services, prices: [] })))).toEqual([['WITHIN_GRANT', 2, 0]]);
  });

  it('is not there again where an earlier month holds it as it is', () => {
    const [line] = linesOf(exampleDelivery(), terms);
    expect(linesOf(exampleDelivery({ held: held(line as Line) }), terms)).toEqual([]);
  });

  it('takes back what an earlier month paid otherwise, and says which', () => {
    const [line] = linesOf(exampleDelivery(), terms);
    const before = held(line as Line);
    const [back, again, ...others] = linesOf(exampleDelivery({ quantity: 1, held: before }), terms);
    expect(back).toMatchObject({ rule: 'REVERSAL', quantity: -2, grosze: -9000, corrects: before.settlementId });
    expect([explained([again as Line]), others]).toEqual([[['PRICE', 1, 4500]], []]);
    expect(explained(linesOf(exampleDelivery({ accepted: false, held: before }), terms))).toEqual([
      ['REVERSAL', -2, -9000],
    ]);
    expect(explained(linesOf(exampleDelivery({ outcome: 'CANCELLED', held: before }), terms))).toEqual([
      ['REVERSAL', -2, -9000],
      ['NOT_PAID', 2, 0],
    ]);
  });
});

describe('amounts', () => {
  it('are rounded to the grosz, half of one up', () => {
    expect([amountOf(1, 1, 1, 2), amountOf(1, 1, 499, 1000), amountOf(3, 5, 1, 10)]).toEqual([1, 0, 2]);
    expect(() => amountOf(2_147_483_647, 1_000_000_000_000)).toThrow(/larger/);
  });

  it('are within half a grosz of the exact one', () => {
    const number = fc.nat(1_000_000);
    fc.assert(
      fc.property(number, number, fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (quantity, price, part, whole) => {
        const off =
          2n *
          (BigInt(amountOf(quantity, price, part, whole)) * BigInt(whole) -
            BigInt(quantity) * BigInt(price) * BigInt(part));
        expect(off <= BigInt(whole) && off > -BigInt(whole)).toBe(true);
      }),
    );
  });

  it('follow the price that holds on the day, however the price list is cut', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 363 }), { maxLength: 10 });
    fc.assert(
      fc.property(
        cuts,
        fc.array(fc.nat(100_000), { minLength: 11, maxLength: 11 }),
        fc.integer({ min: 0, max: 364 }),
        (at, grosze, on) => {
          const starts = [0, ...at.sort((one, other) => one - other)];
          const prices = starts.map((start, n) => ({
            offerId: hours,
            unit: 'HOUR',
            grosze: grosze[n] ?? 0,
            from: addDays('2026-01-01', start),
            to: n + 1 < starts.length ? addDays('2026-01-01', (starts[n + 1] ?? 0) - 1) : null,
          }));
          const expected = grosze[starts.filter((start) => start <= on).length - 1] ?? -1;
          const delivery = exampleDelivery({ day: addDays('2026-01-01', on) });
          const [line] = linesOf(delivery, exampleTerms({ prices: [...prices].reverse() }));
          expect(line?.grosze).toBe(2 * expected);
        },
      ),
    );
  });
});
