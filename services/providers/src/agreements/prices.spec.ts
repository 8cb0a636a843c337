import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { fundedFrom, fundingFaults } from './funding';
import { newService, type Price, priceFaults, priceList, priceOn, repriced } from './prices';

const [care, rides] = ['0197a000-0000-7000-8000-000000000002', '0197a000-0000-7000-8000-000000000003'] as const;
const from = '2026-01-01';
const to = '2026-12-31';
const services = [newService({ offerId: care, unit: 'HOUR' }), newService({ offerId: rides, unit: 'FLAT_SUM' })];
const price = (priceGrosze: number, first = from, last: string | null = null): Price => ({
  offerId: care,
  unit: 'HOUR',
  priceGrosze,
  from: first,
  to: last,
});
const faults = (prices: readonly Price[], areNeeded = true): string[] =>
  priceFaults({ services, prices }, from, to, areNeeded).map(({ detail }) => detail);
const dayOfYear = fc.integer({ min: 0, max: 364 }).map((days) => addDays(from, days));

describe('a price list', () => {
  it('has one price for every day of a priced service', () => {
    expect(faults([price(1)])).toEqual([]);
    expect(faults([price(1, from, '2026-06-30'), price(2, '2026-07-01')])).toEqual([]);
    expect(faults([price(1, from, to)])).toEqual([]);
  });

  it.each<[string, Price[], RegExp]>([
    ['misses the first days', [price(1, '2026-01-02')], /no price from 2026-01-01/],
    ['misses the last days', [price(1, from, '2026-12-30')], /no price from 2026-12-31/],
    ['has a gap', [price(1, from, '2026-03-31'), price(2, '2026-04-02')], /no price from 2026-04-01/],
    ['has two prices for a day', [price(1, from, '2026-04-01'), price(2, '2026-04-01')], /while another one counts/],
    ['has a price that ends before it begins', [price(1, '2026-02-01', '2026-01-31')], /ends before it begins/],
    ['is empty', [], /no price from 2026-01-01/],
    ['names a service that is none', [price(1), { ...price(1), offerId: 'x' }], /no service of the agreement/],
  ])('is refused when it %s', (_, prices, expected) => expect(faults(prices).join(' ')).toMatch(expected));

  it('may be missing where there is no contract', () => expect(faults([], false)).toEqual([]));

  it('takes the units of the services, and has its order', () => {
    const given = [
      { offerId: care, priceGrosze: 2, from: '2026-07-01' },
      { offerId: care, priceGrosze: 1, from, to: '2026-06-30' },
    ];
    expect(priceList(services, given)).toEqual([price(1, from, '2026-06-30'), price(2, '2026-07-01')]);
  });

  it('amended again and again has on each day the price of the last amendment that counts on it', () => {
    const amendment = fc.tuple(dayOfYear, fc.integer({ min: 1, max: 999 }));
    fc.assert(
      fc.property(fc.array(amendment, { maxLength: 12 }), dayOfYear, (amendments, day) => {
        const list = amendments.reduce(
          (prices, [first, grosze]) => repriced(prices, first, [price(grosze, first)]),
          [price(1000)],
        );
        expect(faults(list)).toEqual([]);
        const expected = amendments.filter(([first]) => first <= day).at(-1)?.[1] ?? 1000;
        expect(priceOn(list, care, day)?.priceGrosze).toBe(expected);
      }),
    );
  });
});

describe('shares of funding', () => {
  const shares = [
    { source: 'EU', permille: 843 },
    { source: 'GMINA', permille: 157 },
  ];
  const told = (funding: Parameters<typeof fundingFaults>[0]): number => fundingFaults(funding, from).length;

  it('make 1000 permille, from the first day on, each source once', () => {
    expect(told([])).toBe(0);
    expect(told([{ from, shares }])).toBe(0);
    expect(told([{ from: '2026-02-01', shares }])).toBe(1);
    expect(told([{ from, shares: shares.slice(1) }])).toBe(1);
    expect(told([{ from, shares: [...shares, { source: 'EU', permille: 0 }] }])).toBe(1);
    expect(
      told([
        { from, shares },
        { from, shares },
      ]),
    ).toBe(1);
  });

  it('count otherwise from a day on, and as before until then', () => {
    const first = [{ from, shares }];
    const later = [{ source: 'GMINA', permille: 1000 }];
    expect(fundedFrom(first, '2026-07-01', later)).toEqual([...first, { from: '2026-07-01', shares: later }]);
    expect(fundedFrom(first, from, later)).toEqual([{ from, shares: later }]);
  });
});
