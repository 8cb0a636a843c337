import fc from 'fast-check';
import { type Publishable, publishable } from './publishable';

interface Figure {
  readonly area: number;
  readonly count: number;
}
const figures = (counts: readonly number[]): Figure[] => counts.map((count, area) => ({ area, count }));
const told = (counts: readonly number[], smallest = 5): Publishable<Figure> | undefined =>
  publishable(figures(counts), smallest);
const shown = (counts: readonly number[], smallest?: number): unknown =>
  told(counts, smallest)?.told.map(({ count }) => count);

describe('what is told of figures about people', () => {
  it('is everything while nothing is small', () => {
    expect(told([7, 5, 9])).toEqual({ total: 21, told: figures([7, 5, 9]) });
  });

  it('is neither a small figure nor the least that is not small', () => {
    expect(told([12, 3, 7])).toEqual({ total: 22, told: [{ area: 0, count: 12 }] });
    expect(shown([12, 0, 7, 30])).toEqual([12, 30]);
    expect(shown([12, 4, 7, 7])).toEqual([12]);
    expect(shown([4, 4, 4])).toEqual([]);
  });

  it('is nothing of a gmina with a small total', () => {
    expect(told([4, 0, 0])).toBeUndefined();
    expect(told([0, 0, 0])).toBeUndefined();
  });

  /** Every table that could have been published like this one, so whoever knows the rule and thinks of everything knows no more. */
  const everyTable = function* (cells: number, most: number): Generator<number[]> {
    if (cells === 0) yield [];
    else for (const rest of everyTable(cells - 1, most)) for (let n = 0; n <= most; n += 1) yield [...rest, n];
  };

  it.each([
    [2, 14, 5],
    [3, 11, 5],
    [3, 9, 3],
    [4, 6, 3],
  ])(
    'lets nobody derive a small one: all tables of %i areas with up to %i reports, none below %i',
    (n, most, smallest) => {
      const publications = new Map<string, Set<number>[]>();
      for (const counts of everyTable(n, most)) {
        const key = JSON.stringify(told(counts, smallest) ?? null);
        const possible = publications.get(key) ?? counts.map(() => new Set<number>());
        counts.forEach((count, i) => possible[i]?.add(count));
        publications.set(key, possible);
      }
      expect(publications.size).toBeGreaterThan(10);
      for (const [publication, possible] of publications)
        for (const values of possible) {
          const small = [...values].filter((value) => value < smallest);
          // Not even that it is small can be told: a large one is always as possible, unless so few have reported at all.
          if (small.length > 0 && publication !== 'null')
            expect([publication, values.size > 1, [...values].some((value) => value >= smallest)]).toEqual([
              publication,
              true,
              true,
            ]);
        }
    },
  );

  it('lets nobody derive a small one among fourteen areas: each withheld one could be another', () => {
    const count = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(fc.array(count, { minLength: 14, maxLength: 14 }), (counts) => {
        const publication = told(counts);
        if (!publication) return expect(counts.reduce((sum, n) => sum + n)).toBeLessThan(5);
        const areas = new Set(publication.told.map(({ area }) => area));
        const withheld = counts.flatMap((n, i) => (areas.has(i) ? [] : [[i, n] as const]));
        for (const [i, n] of withheld.filter(([, value]) => value < 5)) {
          // Another table with the same publication in which this area is not small.
          const [other] = withheld.find(([, value]) => value >= 5) ?? [];
          const twin = counts.map((value) => (other === undefined ? 0 : value));
          twin[i] = other === undefined ? publication.total : (counts[other] ?? 0);
          if (other !== undefined) twin[other] = n;
          expect(told(twin)).toEqual(publication);
          expect(twin[i]).toBeGreaterThanOrEqual(5);
        }
        for (const { area, count: figure } of publication.told) {
          expect(figure).toBe(counts[area]);
          expect(figure).toBeGreaterThanOrEqual(5);
        }
      }),
      { numRuns: 500 },
    );
  });
});
