import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { daysOf, quarterBefore, quarterOf } from './quarter';

describe('a quarter', () => {
  it.each([
    ['2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-Q2', '2026-04-01', '2026-06-30'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
  ])('%s goes from %s to %s', (quarter, from, to) => {
    expect(daysOf(quarter)).toEqual({ from, to });
    expect([quarterOf(from), quarterOf(to)]).toEqual([quarter, quarter]);
  });

  it('is over the day after its last, and not before', () => {
    expect(quarterBefore('2026-03-31')).toBe('2025-Q4');
    expect(quarterBefore('2026-04-01')).toBe('2026-Q1');
  });

  it('has every day in exactly one, and follows the one before without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30_000 }), (days) => {
        const day = addDays('2020-01-01', days);
        const { from, to } = daysOf(quarterOf(day));
        expect(from <= day && day <= to).toBe(true);
        expect(addDays(daysOf(quarterBefore(day)).to, 1)).toBe(from);
      }),
    );
  });
});
