import type { CloudEvent } from '@okienko/contracts/event';
import fc from 'fast-check';
import { compute } from './computation';
import { exampleDelivery, exampleTerms, hours, rides } from './settlement-example';
import { SettlementReplay } from './settlement-replay';
import type { Totals } from './totals';

const terms = exampleTerms({ ceilingGrosze: 900_000 });
const { agreementId, providerId } = terms;
const id = (n: number): string => `0197a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const said = (name: string, subject: string, data: object): CloudEvent =>
  ({ type: `pl.okienko.providers.${name}.v1`, subject, data }) as CloudEvent;

const signed = said('agreement.signed', agreementId, {
  ...{ providerId, from: terms.from, to: terms.to, services: terms.services, ceilingGrosze: 900_000 },
});
const pricesSet = said('agreement.prices-set', agreementId, {
  providerId,
  prices: terms.prices.map(({ grosze, to, ...price }) => ({ ...price, priceGrosze: grosze, ...(to && { to }) })),
  noShowPermille: terms.noShowPermille,
  funding: terms.funding,
});
const orders = [hours, rides].map((offerId, n) => said('service-order.accepted', id(900 + n), { providerId, offerId }));
const computed = said('settlement.computed', id(999), { agreementId, month: '2026-03-01' });

const deliveries = fc
  .array(
    fc.record({
      at: fc.nat(1),
      day: fc.constantFrom('2026-02-20', '2026-03-15', '2026-03-16', '2026-04-01'),
      quantity: fc.integer({ min: 1, max: 20 }),
      outcome: fc.constantFrom('DELIVERED' as const, 'CLIENT_ABSENT' as const),
      fate: fc.constantFrom('stays' as const, 'rejected' as const, 'disputed' as const, 'again' as const),
    }),
    { maxLength: 20 },
  )
  .map((all) => all.map((one, n) => ({ ...one, id: id(n) })));
type Made = typeof deliveries extends fc.Arbitrary<(infer One)[]> ? One : never;

function accepted({ id: delivery, at, day, quantity, outcome }: Made): CloudEvent {
  const facts = { orderId: id(900 + at), providerId, quantity, unit: at === 0 ? 'HOUR' : 'RIDE' };
  return outcome === 'DELIVERED'
    ? said('delivery.accepted', delivery, { ...facts, deliveredOn: day })
    : said('delivery.missed-accepted', delivery, { ...facts, plannedOn: day, outcome });
}

/** Of one delivery in their order; of several in any. */
const history = (one: Made): CloudEvent[] => [
  said('delivery.recorded', one.id, {}),
  accepted(one),
  ...(one.fate === 'stays' ? [] : [said(`delivery.${one.fate === 'rejected' ? 'rejected' : 'disputed'}`, one.id, {})]),
  ...(one.fate === 'again' ? [said('delivery.corrected', one.id, {}), accepted(one)] : []),
];

async function replayed(events: readonly CloudEvent[]): Promise<Totals | undefined> {
  const replay = new SettlementReplay();
  let last: Totals | undefined;
  for (const event of events) last = (await replay.apply(event)) ?? last;
  return last;
}

describe('a settlement from events alone', () => {
  it('is what it is from tables, in whatever order deliveries were told and however often', async () => {
    await fc.assert(
      fc.asyncProperty(deliveries, fc.infiniteStream(fc.nat(19)), async (all, turns) => {
        const due = all
          .filter(({ fate, day }) => (fate === 'stays' || fate === 'again') && day <= '2026-03-31')
          .sort((one, other) => (one.day + one.id < other.day + other.id ? -1 : 1))
          .map(({ at, fate: _, ...one }) =>
            exampleDelivery({ ...one, offerId: at === 0 ? hours : rides, unit: at === 0 ? 'HOUR' : 'RIDE' }),
          );
        const facts = { terms, month: '2026-03-01', earlier: undefined, held: [], costs: [], deliveries: [due] };
        const expected = await compute(facts, () => undefined);
        const told: CloudEvent[] = [];
        const waiting = all.map(history);
        while (waiting.some((one) => one.length > 0)) {
          const [turn = 0] = [...turns.take(1)];
          const next = waiting[turn % waiting.length]?.shift() ?? waiting.find((one) => one.length > 0)?.shift();
          if (next) told.push(next, next);
        }
        const before = [signed, pricesSet, ...orders];
        expect(await replayed([...before, ...told, computed])).toEqual(expected);
        expect(await replayed([...before, ...told, computed, computed])).toEqual(expected);
      }),
    );
  });

  it('knows what an amendment, an early end and costs make of it', async () => {
    const grant = [{ offerId: hours, unit: 'FLAT_SUM' }];
    const amended = said('agreement.amended', agreementId, { providerId, to: '2026-06-30', services: grant });
    const noPrices = said('agreement.prices-set', agreementId, {
      providerId,
      prices: [],
      noShowPermille: 0,
      funding: [],
    });
    const cost = { offerId: hours, category: 'WAGES', issuedOn: '2026-03-02', grosze: 1_000_000 };
    const stated = said('settlement.costs-stated', id(999), { agreementId, month: '2026-03-01', costs: [cost] });
    const totals = await replayed([signed, pricesSet, amended, noPrices, computed, stated, computed]);
    expect(totals).toMatchObject({
      lines: 1,
      grosze: 1_000_000,
      funding: [{ source: 'UNSPECIFIED', grosze: 1_000_000 }],
    });
    const monthly = said('agreement.prices-set', agreementId, {
      ...{ providerId, noShowPermille: 0, funding: [] },
      prices: [{ offerId: hours, unit: 'FLAT_SUM', priceGrosze: 310_000, from: '2026-03-01' }],
    });
    const ended = said('agreement.ended', agreementId, { providerId, endedOn: '2026-03-10' });
    expect(await replayed([signed, amended, monthly, ended, computed])).toMatchObject({ grosze: 100_000 });
  });
});
