import fc from 'fast-check';
import { compute, type MonthFacts } from './computation';
import { exampleDelivery, exampleTerms, hours, rides } from './settlement-example';
import type { Line } from './settlement-line';

const facts = (changes: Partial<MonthFacts> = {}): MonthFacts => ({
  terms: exampleTerms(),
  month: '2026-03-01',
  earlier: '2026-02-01',
  held: [],
  costs: [],
  deliveries: [],
  ...changes,
});

async function settled(changes: Partial<MonthFacts> = {}) {
  const lines: Line[] = [];
  const totals = await compute(facts(changes), (part) => void lines.push(...part));
  return { lines, totals };
}

const id = (n: number): string => `0197a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const deliveries = fc
  .array(
    fc.record({
      offerId: fc.constantFrom(hours, rides),
      day: fc.constantFrom('2026-02-20', '2026-03-02', '2026-03-15', '2026-03-16', '2026-03-31'),
      quantity: fc.integer({ min: 1, max: 50 }),
      outcome: fc.constantFrom('DELIVERED' as const, 'CLIENT_ABSENT' as const, 'CANCELLED' as const),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all
      .sort((one, other) => (one.day < other.day ? -1 : Number(one.day > other.day)))
      .map((one, n) => exampleDelivery({ ...one, id: id(n), unit: one.offerId === hours ? 'HOUR' : 'RIDE' })),
  );

describe('the settlement of a month', () => {
  it('adds up its lines by service and by source', async () => {
    const { lines, totals } = await settled({
      deliveries: [[exampleDelivery()], [exampleDelivery({ id: id(2), offerId: rides, unit: 'RIDE', quantity: 1 })]],
    });
    expect(lines.map(({ grosze }) => grosze)).toEqual([9000, 2050]);
    expect(totals).toMatchObject({
      lines: 2,
      unpriced: 0,
      grosze: 11_050,
      offers: [
        { offerId: hours, unit: 'HOUR', quantity: 2, grosze: 9000 },
        { offerId: rides, unit: 'RIDE', quantity: 1, grosze: 2050 },
      ],
      // 11050 × 843 ‰ = 9315.15
      funding: [
        { source: 'EU', grosze: 9315 },
        { source: 'OWN', grosze: 1735 },
      ],
    });
  });

  it('takes the shares of the day, and tells what no share is said for', async () => {
    const funding = [
      { from: '2026-03-10', shares: [{ source: 'EU', permille: 1000 }] },
      { from: '2026-03-16', shares: [{ source: 'OWN', permille: 1000 }] },
    ];
    const days = ['2026-03-02', '2026-03-15', '2026-03-31'].map((day, n) =>
      exampleDelivery({ id: id(n), day, quantity: 1 }),
    );
    const { totals } = await settled({ terms: exampleTerms({ funding }), deliveries: [days] });
    expect(totals.funding).toEqual([
      { source: 'EU', grosze: 4500 },
      { source: 'OWN', grosze: 4700 },
      { source: 'UNSPECIFIED', grosze: 4500 },
    ]);
  });

  it('has an explicit line for what is above the ceiling, and later months know of it', async () => {
    const terms = exampleTerms({ ceilingGrosze: 10_000 });
    const { lines, totals } = await settled({
      terms,
      deliveries: [[exampleDelivery()]],
      held: [{ offerId: rides, due: 4100, cut: 0 }],
    });
    expect(lines.map(({ rule, grosze }) => [rule, grosze])).toEqual([
      ['PRICE', 9000],
      ['ABOVE_CEILING', -3100],
    ]);
    expect([totals.grosze, totals.held]).toEqual([5900, [{ offerId: hours, due: 9000, cut: -3100 }]]);
  });

  it('adds up, whatever was delivered: lines to services, to sources and to the whole', async () => {
    const ceiling = fc.option(fc.nat(300_000));
    await fc.assert(
      fc.asyncProperty(deliveries, ceiling, async (all, ceilingGrosze) => {
        const { lines, totals } = await settled({ terms: exampleTerms({ ceilingGrosze }), deliveries: [all] });
        const sum = (of: readonly { grosze: number }[]): number => of.reduce((total, { grosze }) => total + grosze, 0);
        expect([sum(lines), sum(totals.offers), sum(totals.funding)]).toEqual([
          totals.grosze,
          totals.grosze,
          totals.grosze,
        ]);
        expect(totals.lines).toBe(lines.length);
        if (ceilingGrosze !== null) expect(totals.grosze).toBeLessThanOrEqual(ceilingGrosze);
        const of = (source: string): number => totals.funding.find((part) => part.source === source)?.grosze ?? 0;
        expect(Math.abs(of('EU') - totals.grosze * 0.843)).toBeLessThan(1.001);
      }),
    );
  });

  it('is the same in whatever parts its deliveries come, and another when one of them is', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, fc.integer({ min: 1, max: 7 }), async (all, size) => {
        const parts = Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
          all.slice(n * size, (n + 1) * size),
        );
        const [whole, inParts] = [await settled({ deliveries: [all] }), await settled({ deliveries: parts })];
        expect(inParts).toEqual(whole);
        if (all.length === 0) return;
        const [first, ...rest] = all;
        const other = await settled({ deliveries: [[{ ...first!, quantity: first!.quantity + 1 }, ...rest]] });
        expect(other.totals.digest).not.toBe(whole.totals.digest);
      }),
    );
  });

  it('pays every delivery once and at its last state, however late it comes or is changed', async () => {
    const changes = fc.array(fc.record({ at: fc.nat(39), quantity: fc.integer({ min: 0, max: 9 }) }), {
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(deliveries, fc.nat(39), changes, async (all, onTime, changed) => {
        const held = new Map<string, Line[]>();
        const settle = async (month: string, due: typeof all): Promise<void> => {
          const asHeld = due.map((one) => {
            const last = held.get(one.id)?.at(-1);
            return { ...one, held: last && last.quantity > 0 ? { ...last, settlementId: id(999) } : null };
          });
          const { lines } = await settled({ month, deliveries: [asHeld] });
          for (const line of lines)
            if (line.deliveryId) held.set(line.deliveryId, [...(held.get(line.deliveryId) ?? []), line]);
        };
        await settle('2026-03-01', all.slice(0, onTime));
        const now = all.map((one, at) => {
          const quantity = changed.findLast((change) => change.at === at)?.quantity ?? one.quantity;
          return { ...one, quantity: quantity || one.quantity, accepted: quantity > 0 };
        });
        await settle('2026-04-01', now);
        for (const one of now) {
          const [expected] = (await settled({ deliveries: [[one]] })).lines;
          const paid = (held.get(one.id) ?? []).reduce((sum, { grosze }) => sum + grosze, 0);
          expect(paid).toBe(expected?.grosze ?? 0);
        }
      }),
      { numRuns: 50 },
    );
  });
});
