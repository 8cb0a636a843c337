import { addDays } from '@okienko/contracts/calendar';
import Holidays from 'date-holidays';
import fc from 'fast-check';
import { publicHolidays } from './public-holidays';
import { addWorkingDays, isWorkingDay, nextWorkingDay } from './working-days';

const day = fc.integer({ min: 0, max: 40 * 365 }).map((days) => addDays('2011-01-01', days));

describe('days free from work', () => {
  it.each([
    ['2026', '01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26'],
    ['2024', '01-01 01-06 03-31 04-01 05-01 05-03 05-19 05-30 08-15 11-01 11-11 12-25 12-26'],
    ['2038', '01-01 01-06 04-25 04-26 05-01 05-03 06-13 06-24 08-15 11-01 11-11 12-24 12-25 12-26'],
  ])('of %s are those of the Act, no observances, and Christmas Eve only since 2025', (year, days) =>
    expect([...publicHolidays(year)].sort()).toEqual(days.split(' ').map((monthDay) => `${year}-${monthDay}`)),
  );

  it('are those that the library of the world’s holidays has for Poland', () => {
    const library = new Holidays('PL', { types: ['public'] });
    for (let year = 2011; year <= 2060; year += 1)
      expect([...publicHolidays(String(year))].sort()).toEqual(
        [...new Set(library.getHolidays(year).map(({ date }) => date.slice(0, 10)))].sort(),
      );
  });

  it('are Saturdays, too (KPA art. 57 § 4)', () =>
    expect(
      ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-11', '2024-12-24', '2025-12-24'].map(isWorkingDay),
    ).toEqual([true, false, false, false, true, false]));
});

describe('terms over free days', () => {
  it('end on the next working day', () => {
    expect(nextWorkingDay('2026-11-20')).toBe('2026-11-20');
    expect(nextWorkingDay('2026-12-24')).toBe('2026-12-28');
    expect(nextWorkingDay('2026-05-01')).toBe('2026-05-04');
  });

  it('in working days leave the free ones out', () => {
    expect(addWorkingDays('2026-04-30', 3)).toBe('2026-05-06');
    expect(addWorkingDays('2026-05-02', 1)).toBe('2026-05-04');
    expect(addWorkingDays('2026-05-02', 0)).toBe('2026-05-02');
  });

  it('never end on a free day, and pass over none but free ones', () => {
    fc.assert(
      fc.property(day, (from) => {
        const to = nextWorkingDay(from);
        expect(isWorkingDay(to)).toBe(true);
        for (let passed = from; passed < to; passed = addDays(passed, 1)) expect(isWorkingDay(passed)).toBe(false);
      }),
    );
  });

  it('hold exactly as many working days as they are said to', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (from, days) => {
        const to = addWorkingDays(from, days);
        let counted = 0;
        for (let passed = from; passed < to;) counted += Number(isWorkingDay((passed = addDays(passed, 1))));
        expect([counted, isWorkingDay(to)]).toEqual([days, true]);
      }),
    );
  });
});
