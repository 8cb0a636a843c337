import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { daysOf, halfYearBefore, halfYearShape, periodShape } from './period';

describe('periods', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-H1', '2026-01-01', '2026-06-30'],
    ['2026-H2', '2026-07-01', '2026-12-31'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-12', '2026-12-01', '2026-12-31'],
  ])('%s is from %s to %s', (period, from, to) => {
    expect(period).toMatch(periodShape);
    expect(daysOf(period)).toEqual({ from, to });
  });

  it('are refused in any other form', () => {
    for (const text of ['26', '2026-H3', '2026-Q0', '2026-13', '2026-1', '2026-H1 ', '2026-00'])
      expect(text).not.toMatch(periodShape);
  });

  it('have a last half-year that is over: it has ended, and the one after it has not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 366 }), (days) => {
        const today = addDays('2020-01-01', days);
        const { to } = daysOf(halfYearBefore(today));
        expect(halfYearBefore(today)).toMatch(halfYearShape);
        expect([to < today, today <= addDays(to, 184)]).toEqual([true, true]);
      }),
    );
  });
});
