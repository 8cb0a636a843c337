import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { daysIn, type Delivered, instalmentsOf, type Rate, totalOf } from './instalments';

const today = '2026-06-15';
const amounts = (per: string, rates: Rate[], from: string, to: string, delivered: Delivered[] = []): number[] =>
  instalmentsOf(per, rates, { from, to }, delivered, today).map(({ grosze }) => grosze);
const since = (from: string, grosze: number): Rate => ({ from, grosze });

describe('instalments', () => {
  test.each<[string, string, Rate[], string, string, number[]]>([
    ['once, whatever the time', 'ONCE', [since('2026-01-10', 5000)], '2026-01-10', '2026-12-31', [5000]],
    ['each month', 'MONTH', [since('2026-01-01', 3000)], '2026-01-01', '2026-03-31', [3000, 3000, 3000]],
    // 3000 × 22 / 31 = 2129.03…, 3000 × 10 / 28 = 1071.42…
    [
      'by its days where it is not whole',
      'MONTH',
      [since('2026-01-10', 3000)],
      '2026-01-10',
      '2026-02-10',
      [2129, 1071],
    ],
    ['each day, by months', 'DAY', [since('2026-01-30', 100)], '2026-01-30', '2026-02-03', [200, 300]],
    ['each week, by days and months', 'WEEK', [since('2026-01-01', 700)], '2026-01-01', '2026-02-28', [3100, 2800]],
    // 36500 × 31 / 365, and a whole year.
    ['each year', 'YEAR', [since('2025-12-01', 36_500)], '2025-12-01', '2026-12-31', [3100, 36_500]],
    [
      'at another rate from a day on',
      'MONTH',
      [since('2026-06-01', 3000), since('2026-06-16', 1500)],
      '2026-06-01',
      '2026-07-31',
      [2250, 1500],
    ],
    [
      'by what was stated last, also about an earlier day',
      'MONTH',
      [since('2026-01-01', 3000), since('2026-03-01', 900), since('2026-02-01', 1000)],
      '2026-01-01',
      '2026-03-31',
      [3000, 1000, 1000],
    ],
  ])('are due %s', (_, per, rates, from, to, expected) => expect(amounts(per, rates, from, to)).toEqual(expected));

  it('of units are due when their month is over, each unit at the rate of its day', () => {
    const rates = [since('2026-04-01', 1000), since('2026-05-15', 500)];
    const delivered = [
      { on: '2026-03-31', quantity: 9 },
      { on: '2026-04-02', quantity: 2 },
      { on: '2026-05-14', quantity: 3 },
      { on: '2026-05-15', quantity: 4 },
      { on: '2026-06-01', quantity: 5 },
    ];
    expect(instalmentsOf('HOUR', rates, { from: '2026-04-01', to: '2026-12-31' }, delivered, today)).toEqual([
      { from: '2026-04-01', to: '2026-04-30', grosze: 2000, quantity: 2 },
      { from: '2026-05-01', to: '2026-05-31', grosze: 5000, quantity: 7 },
    ]);
  });

  const day = fc.integer({ min: 0, max: 700 }).map((days) => addDays('2025-01-01', days));
  const span = fc.tuple(day, fc.nat({ max: 700 })).map(([from, days]) => ({ from, to: addDays(from, days) }));
  const per = fc.constantFrom('ONCE', 'DAY', 'WEEK', 'MONTH', 'YEAR', 'HOUR');
  const changes = fc.array(fc.tuple(fc.nat({ max: 700 }), fc.nat({ max: 10_000_000 })), { minLength: 1, maxLength: 5 });
  const ratesFrom = (from: string, given: [number, number][]): Rate[] =>
    given.map(([days, grosze], index) => since(addDays(from, index === 0 ? 0 : days), grosze));
  const deliveries = fc.array(fc.record({ on: day, quantity: fc.nat({ max: 1000 }) }), { maxLength: 20 });

  it('follow each other without gap or overlap, in whole grosze and never below zero', () => {
    fc.assert(
      fc.property(per, span, changes, deliveries, (one, within, given, delivered) => {
        const due = instalmentsOf(one, ratesFrom(within.from, given), within, delivered, '2099-01-01');
        expect([due[0]?.from, due.at(-1)?.to]).toEqual([within.from, within.to]);
        due.forEach(({ from, to, grosze }, index) => {
          expect(from <= to && (index === 0 || from === addDays(due[index - 1]!.to, 1))).toBe(true);
          expect(Number.isSafeInteger(grosze) && grosze >= 0).toBe(true);
        });
      }),
    );
  });

  it('come to what each single day costs, less a fraction of a grosz for each stretch of an instalment', () => {
    fc.assert(
      fc.property(fc.constantFrom('DAY', 'WEEK', 'MONTH', 'YEAR'), span, changes, (one, within, given) => {
        const rates = ratesFrom(within.from, given);
        // In parts of which every length of a period is a whole number, so that nothing is rounded here.
        const whole = 7n * 28n * 29n * 30n * 31n * 365n * 366n;
        let exact = 0n;
        for (let on = within.from; on <= within.to; on = addDays(on, 1)) {
          const [year = 0, month = 0] = on.split('-').map(Number);
          const ofYear = year % 4 === 0 ? 366 : 365;
          const length = { DAY: 1, WEEK: 7, MONTH: new Date(Date.UTC(year, month, 0)).getUTCDate(), YEAR: ofYear }[one];
          exact += (BigInt(rates.findLast(({ from }) => from <= on)!.grosze) * whole) / BigInt(length!);
        }
        const due = instalmentsOf(one, rates, within, [], today);
        const lacking = exact - BigInt(totalOf(due)) * whole;
        expect(lacking >= 0n).toBe(true);
        expect(lacking < BigInt(due.length + rates.length) * whole).toBe(true);
      }),
    );
  });

  it('of units come to each unit at its rate', () => {
    fc.assert(
      fc.property(span, changes, deliveries, (within, given, delivered) => {
        const rates = ratesFrom(within.from, given);
        const counted = delivered.filter(({ on }) => within.from <= on && on <= within.to);
        const expected = counted.reduce(
          (sum, { on, quantity }) => sum + quantity * rates.findLast(({ from }) => from <= on)!.grosze,
          0,
        );
        const due = instalmentsOf('HOUR', rates, within, delivered, '2099-01-01');
        expect(totalOf(due)).toBe(expected);
        expect(due.reduce((sum, { quantity = 0 }) => sum + quantity, 0)).toBe(
          counted.reduce((sum, { quantity }) => sum + quantity, 0),
        );
      }),
    );
  });

  it('counts days with both ends, also where the clock is put forward', () => {
    expect(daysIn({ from: '2026-03-28', to: '2026-03-30' })).toBe(3);
  });
});
