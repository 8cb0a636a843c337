import { costLines, flatSums, monthsOf } from './month-lines';
import { exampleTerms, hours, rides } from './settlement-example';

const services = [{ offerId: hours, unit: 'FLAT_SUM' }];
const monthly = (from: string, to: string | null, grosze = 310_000) => ({
  offerId: hours,
  unit: 'FLAT_SUM',
  grosze,
  from,
  to,
});

describe('flat sums', () => {
  it('are due for each month of the agreement, also for those that were skipped', () => {
    const terms = exampleTerms({ services, prices: [monthly('2026-01-01', null)] });
    expect(monthsOf(terms, '2026-03-01', undefined)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    expect(monthsOf(terms, '2026-03-01', '2026-01-01')).toEqual(['2026-02-01', '2026-03-01']);
    const lines = flatSums(terms, ['2026-02-01', '2026-03-01']);
    expect(lines.map(({ day, part, whole, grosze }) => [day, part, whole, grosze])).toEqual([
      ['2026-02-28', 28, 28, 310_000],
      ['2026-03-31', 31, 31, 310_000],
    ]);
  });

  it('are due by the day where the price or the agreement holds for a part of the month', () => {
    const terms = exampleTerms({
      services,
      from: '2026-03-10',
      prices: [monthly('2026-03-10', '2026-03-20'), monthly('2026-03-21', null, 620_000)],
    });
    expect(flatSums(terms, ['2026-03-01']).map(({ day, part, grosze }) => [day, part, grosze])).toEqual([
      ['2026-03-20', 11, 110_000],
      ['2026-03-31', 11, 220_000],
    ]);
    expect(flatSums(terms, ['2026-02-01'])).toEqual([]);
  });

  it('are no matter of services with a price for each unit', () =>
    expect(flatSums(exampleTerms(), ['2026-03-01'])).toEqual([]));
});

describe('costs of a grant', () => {
  const grant = exampleTerms({ services, prices: [] });
  const cost = { offerId: hours, category: 'WAGES', issuedOn: '2026-03-20', grosze: 120_000 };

  it('are lines in the order in which they were stated', () => {
    const lines = costLines(grant, [cost, { ...cost, category: 'RENT', issuedOn: '2026-02-01' }], '2026-03-01');
    expect(lines.map(({ rule, day, category, grosze }) => [rule, day, category, grosze])).toEqual([
      ['COST', '2026-03-20', 'WAGES', 120_000],
      ['COST', '2026-02-01', 'RENT', 120_000],
    ]);
  });

  it.each([
    ['of a service that is paid otherwise', exampleTerms(), cost],
    ['of a service that is not part of it', grant, { ...cost, offerId: rides }],
    ['of a day after the month', grant, { ...cost, issuedOn: '2026-04-01' }],
    ['of a day before the agreement', grant, { ...cost, issuedOn: '2025-12-31' }],
  ])('%s are refused', (_, terms, wrong) =>
    expect(() => costLines(terms, [wrong], '2026-03-01')).toThrow(/Costs are stated/),
  );
});
