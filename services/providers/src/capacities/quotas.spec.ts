import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { exceeds, periodAround, quotaPeriods, type Stretch } from './quotas';

const monday = '2026-11-23';
const day = (at: number): string => addDays(monday, at);
const always = (): boolean => true;
const sixAMonth = { each: 'MONTH', limit: 6 } as const;
const inMonths = (from: string, to: string, quantity: number): Stretch => ({
  from: `2026-${from}-10`,
  to: `2026-${to}-20`,
  quantity,
});

describe('a quota', () => {
  it('of 6 a month lets 18 through in three months, and not one more', () => {
    expect(exceeds(sixAMonth, inMonths('03', '05', 18), [], always)).toBe(false);
    expect(exceeds(sixAMonth, inMonths('03', '05', 19), [], always)).toBe(true);
  });

  it('counts what is promised, where it cannot be moved to another month', () => {
    const march = inMonths('03', '03', 4);
    expect(exceeds(sixAMonth, inMonths('03', '03', 2), [march], always)).toBe(false);
    expect(exceeds(sixAMonth, inMonths('03', '03', 3), [march], always)).toBe(true);
    expect(exceeds(sixAMonth, inMonths('03', '04', 8), [march], always)).toBe(false);
    expect(exceeds(sixAMonth, inMonths('03', '04', 9), [march], always)).toBe(true);
    expect(exceeds(sixAMonth, inMonths('04', '04', 6), [march], always)).toBe(false);
  });

  it('is of calendar weeks and days as well, and of days on which it is open', () => {
    const [sunday, tuesday] = [day(6), day(8)];
    expect(exceeds({ each: 'WEEK', limit: 1 }, { from: sunday, to: tuesday, quantity: 2 }, [], always)).toBe(false);
    expect(exceeds({ each: 'WEEK', limit: 1 }, { from: monday, to: sunday, quantity: 2 }, [], always)).toBe(true);
    const week = { from: monday, to: sunday, quantity: 7 };
    expect(exceeds({ each: 'DAY', limit: 1 }, week, [], always)).toBe(false);
    expect(exceeds({ each: 'DAY', limit: 1 }, week, [], (one) => one !== sunday)).toBe(true);
  });

  /** Serves unit by unit, each time on the open day that is left to the one that must be served first. */
  function canBeServed(limit: number, each: number, stretches: readonly Stretch[], isOpen: (on: string) => boolean) {
    const left = stretches.map((stretch) => ({ ...stretch }));
    for (let begin = 0; begin < 12; begin += each) {
      // Periods in order: whoever is there in this one and has the earliest last period is served first.
      const lastPeriod = ({ to }: Stretch): number => {
        for (let at = 11; at >= 0; at -= 1) if (isOpen(day(at)) && day(at) <= to) return Math.floor(at / each);
        return -1;
      };
      const days = Array.from({ length: each }, (_, at) => day(begin + at)).filter(isOpen);
      for (let unit = 0; unit < limit; unit += 1) {
        const here = left.filter(
          ({ from, to, quantity }) => quantity > 0 && days.some((one) => from <= one && one <= to),
        );
        const [first] = here.sort((one, other) => lastPeriod(one) - lastPeriod(other));
        if (first) first.quantity -= 1;
      }
    }
    return left.every(({ quantity }) => quantity === 0);
  }

  it.each([
    ['DAY', 1],
    ['WEEK', 7],
  ] as const)('a %s refuses exactly what could not be served', (each, length) => {
    const stretch = fc
      .tuple(fc.nat(11), fc.nat(11), fc.integer({ min: 1, max: 4 }))
      .map(([one, other, quantity]) => ({ from: day(Math.min(one, other)), to: day(Math.max(one, other)), quantity }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(stretch, { minLength: 1, maxLength: 6 }),
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        (limit, asked, open) => {
          const isOpen = (on: string): boolean => open.some((opens, at) => opens && day(at) === on);
          const promised: Stretch[] = [];
          for (const one of asked) {
            const fits = canBeServed(limit, length, [...promised, one], isOpen);
            expect(exceeds({ each, limit }, one, promised, isOpen)).toBe(!fits);
            if (fits) promised.push(one);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

it('every day is in one period of a quota, and periods follow each other', () => {
  const days = fc.integer({ min: -20_000, max: 20_000 }).map(day);
  const each = fc.constantFrom(...quotaPeriods);
  fc.assert(
    fc.property(each, days, days, (period, one, other) => {
      const around = periodAround(period, one);
      expect(around.first <= one && one <= around.last).toBe(true);
      const isWithin = around.first <= other && other <= around.last;
      expect(periodAround(period, other).first === around.first).toBe(isWithin);
      expect(periodAround(period, addDays(around.last, 1)).first).toBe(addDays(around.last, 1));
    }),
  );
  expect(periodAround('WEEK', day(6))).toEqual({ first: monday, last: day(6) });
  expect(periodAround('MONTH', '2028-02-29')).toEqual({ first: '2028-02-01', last: '2028-02-29' });
});
