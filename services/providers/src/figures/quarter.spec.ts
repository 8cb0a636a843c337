import { addDays, addMonths } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { quarterOf, quartersWithin } from './quarter';

const day = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays('2020-01-01', days));

it('a day is in its quarter', () => {
  expect(['2026-01-01', '2026-03-31', '2026-04-01', '2026-11-22', '2026-12-31'].map(quarterOf)).toEqual([
    '2026-01-01',
    '2026-01-01',
    '2026-04-01',
    '2026-10-01',
    '2026-10-01',
  ]);
});

it('whole quarters are those of which every day is asked for, and no others', () => {
  fc.assert(
    fc.property(day, day, (from, to) => {
      const found = quartersWithin(from, to);
      const all = Array.from({ length: 60 }, (_, index) => addMonths('2019-01-01', index * 3));
      expect(found).toEqual(all.filter((first) => first >= from && addDays(addMonths(first, 3), -1) <= to));
    }),
  );
});
