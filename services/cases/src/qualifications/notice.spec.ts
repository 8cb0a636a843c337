import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { grantedUntil, QuantityWrong, quantityGranted } from './notice';

describe('for how long a service is granted', () => {
  test.each<[string, Parameters<typeof grantedUntil>[2], string]>([
    ['to the end of the programme when it says nothing', undefined, '2026-12-31'],
    ['6 months end on the day before the same date', { length: 6, period: 'MONTH' }, '2026-08-31'],
    ['2 weeks', { length: 2, period: 'WEEK' }, '2026-03-14'],
    ['1 day', { length: 1, period: 'DAY' }, '2026-03-01'],
    ['a year is cut off at the end of the programme', { length: 1, period: 'YEAR' }, '2026-12-31'],
  ])('%s', (_, grantedFor, last) => expect(grantedUntil('2026-03-01', '2026-12-31', grantedFor)).toBe(last));

  it('is never past the programme, nor before the day of the qualification', () => {
    const period = fc.constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const, 'YEAR' as const);
    fc.assert(
      fc.property(period, fc.integer({ min: 1, max: 30 }), fc.nat(600), (unit, length, left) => {
        const until = grantedUntil('2026-01-31', addDays('2026-01-31', left), { length, period: unit });
        expect(until >= '2026-01-31' && until <= addDays('2026-01-31', left)).toBe(true);
      }),
    );
  });
});

describe('how much is granted', () => {
  it('is what was asked for, or less', () => {
    expect([quantityGranted(10, undefined), quantityGranted(10, 4), quantityGranted(undefined, undefined)]).toEqual([
      10,
      4,
      undefined,
    ]);
    for (const asked of [3, undefined]) expect(() => quantityGranted(asked, 4)).toThrow(QuantityWrong);
  });
});
