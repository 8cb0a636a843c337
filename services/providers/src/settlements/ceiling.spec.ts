import fc from 'fast-check';
import { ceilingLines, type Held } from './ceiling';
import { hours, rides } from './settlement-example';

const month = '2026-03-01';
const told = (ceiling: number | null, earlier: readonly Held[], now: readonly Held[]): unknown[] =>
  ceilingLines(ceiling, earlier, now, month).map(({ rule, offerId, grosze }) => [rule, offerId, grosze]);
const of = (offerId: string, due: number, cut = 0): Held => ({ offerId, due, cut });

describe('the ceiling of an agreement', () => {
  it('cuts what is above it off the month, from each service in proportion', () => {
    expect(told(1000, [of(hours, 700)], [of(hours, 300), of(rides, 100)])).toEqual([
      ['ABOVE_CEILING', hours, -75],
      ['ABOVE_CEILING', rides, -25],
    ]);
    expect(told(1000, [of(hours, 700)], [of(hours, 300)])).toEqual([]);
    expect(told(null, [of(hours, 700)], [of(hours, 300)])).toEqual([]);
  });

  it('pays what was cut off once it is raised, and takes nothing back when it is lowered', () => {
    const earlier = [of(hours, 1300, -200), of(rides, 400, -100)];
    expect(told(1550, earlier, [])).toEqual([
      ['CEILING_RAISED', hours, 100],
      ['CEILING_RAISED', rides, 50],
    ]);
    expect(told(9999, earlier, [of(hours, 10)])).toEqual([
      ['CEILING_RAISED', hours, 200],
      ['CEILING_RAISED', rides, 100],
    ]);
    expect(told(100, earlier, [])).toEqual([]);
    expect(told(100, earlier, [of(hours, 50)])).toEqual([['ABOVE_CEILING', hours, -50]]);
  });

  it('is never exceeded, month by month, and in the end nothing is lost that it allows', () => {
    const amount = fc.nat(10_000);
    const months = fc.array(fc.record({ hours: amount, rides: amount }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(months, fc.nat(100_000), fc.nat(50_000), (all, ceiling, more) => {
        const earlier = new Map<string, Held>();
        let paid = 0;
        let due = 0;
        const settle = (limit: number, now: Held[]): void => {
          const cuts = ceilingLines(limit, [...earlier.values()], now, month);
          for (const { offerId, due: of_ } of now) add(offerId, of_, 0);
          for (const { offerId, grosze } of cuts) add(offerId, 0, grosze);
          due += now.reduce((sum, held) => sum + held.due, 0);
          paid = [...earlier.values()].reduce((sum, held) => sum + held.due + held.cut, 0);
          expect(paid).toBe(Math.min(due, limit));
          for (const held of earlier.values()) expect([held.cut <= 0, held.due + held.cut >= 0]).toEqual([true, true]);
        };
        const add = (offerId: string, plus: number, cut: number): void => {
          const before = earlier.get(offerId) ?? of(offerId, 0);
          earlier.set(offerId, { offerId, due: before.due + plus, cut: before.cut + cut });
        };
        for (const one of all) settle(ceiling, [of(hours, one.hours), of(rides, one.rides)]);
        settle(ceiling + more, []);
      }),
    );
  });
});
