import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { agreementTermsOn } from '../terms/agreement-terms';
import { type Forecast, forecastOf, paceDays, type Use } from './forecast';
import { usesOf } from './outlook';

const terms = agreementTermsOn('2026-11-22');
const period = { from: '2026-01-01', to: '2026-12-31' };
const today = '2026-06-30';
const use = (more: Partial<Use> = {}): Use => ({
  offerId: '0197a000-0000-7000-8000-000000000002',
  unit: 'HOUR',
  ceiling: 1000,
  ordered: 600,
  delivered: 400,
  recent: 120,
  recentDeliveries: 40,
  least: 1,
  ...more,
});
const outcome = (more: Partial<Use>): Pick<Forecast, 'outcome' | 'runsOutOn'> => {
  const { outcome: found, runsOutOn } = forecastOf(use(more), period, today, terms);
  return { outcome: found, runsOutOn };
};

describe('a forecast', () => {
  it('goes on in a straight line: 600 hours are left at 2 hours a day', () => {
    expect(forecastOf(use({ recent: 240 }), period, today, terms)).toEqual({
      offerId: use().offerId,
      unit: 'HOUR',
      ceiling: 1000,
      ordered: 600,
      delivered: 400,
      usedPermille: 600,
      outcome: 'RUNS_OUT',
      runsOutOn: addDays(today, 150),
    });
    expect(outcome({ recent: 120 })).toEqual({ outcome: 'LASTS', runsOutOn: null });
  });

  it('is unknown with too few deliveries, and needs none where nothing can be ordered any more', () => {
    expect(outcome({ recentDeliveries: 4 })).toEqual({ outcome: 'UNKNOWN', runsOutOn: null });
    expect(outcome({ recentDeliveries: 0, recent: 0, ordered: 1000 })).toMatchObject({ outcome: 'EXHAUSTED' });
    expect(outcome({ ordered: 950, least: 51 })).toMatchObject({ outcome: 'EXHAUSTED' });
    expect(outcome({ ordered: 950, least: 50 })).toMatchObject({ outcome: 'LASTS' });
    expect(outcome({ ceiling: null })).toEqual({ outcome: 'NO_CEILING', runsOutOn: null });
  });

  it('takes the pace of the days that there were', () => {
    expect(paceDays(period, '2026-01-10', terms)).toBe(10);
    expect(paceDays(period, '2026-12-01', terms)).toBe(60);
    expect(paceDays(period, '2025-12-01', terms)).toBe(1);
  });

  it('never runs out later when more is delivered, and on its day as much is delivered as is left', () => {
    const figures = fc.record({
      ceiling: fc.integer({ min: 1, max: 100_000 }),
      delivered: fc.nat(100_000),
      recent: fc.integer({ min: 1, max: 10_000 }),
      more: fc.integer({ min: 1, max: 10_000 }),
    });
    fc.assert(
      fc.property(figures, ({ ceiling, delivered, recent, more }) => {
        fc.pre(delivered < ceiling);
        const on = (pace: number): string =>
          outcome({ ceiling, ordered: delivered, delivered, recent: pace }).runsOutOn ?? '9999-12-31';
        expect(on(recent + more) <= on(recent)).toBe(true);
        if (on(recent) === '9999-12-31') return;
        const days = (Date.parse(on(recent)) - Date.parse(today)) / 86_400_000;
        const byThen = (n: number): number => (recent * n) / terms.paceDays;
        expect(byThen(days)).toBeGreaterThanOrEqual(ceiling - delivered);
        expect(byThen(days - 1)).toBeLessThan(ceiling - delivered);
      }),
    );
  });

  it('of the money adds the services up; the least that can be ordered is a unit of the cheapest', () => {
    const drawn = { unit: 'HOUR', ceiling: null, ordered: 5, delivered: 3, recent: 2, recentDeliveries: 1 } as const;
    const one = { ...drawn, offerId: 'a', orderedGrosze: 50, deliveredGrosze: 30, recentGrosze: 20, priceGrosze: 10 };
    const two = { ...one, offerId: 'b', orderedGrosze: 500, priceGrosze: 100 };
    expect(usesOf([one, two], 1000).at(-1)).toEqual({
      offerId: null,
      unit: 'GROSZE',
      ceiling: 1000,
      ordered: 550,
      delivered: 60,
      recent: 40,
      recentDeliveries: 2,
      least: 10,
    });
  });
});
