import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { Agreements, finance } from '../agreements/scenario';
import { coordinator, idOf, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';
import { ala, before, lastDay, month, ola, on, SettlementScenario } from './scenario';

jest.setTimeout(180_000);

let service: ServiceUnderTest;
let settlements: SettlementScenario;
let agreements: Agreements;
beforeAll(async () => {
  service = await startForTest(providersService);
  settlements = new SettlementScenario(service);
  agreements = new Agreements(service);
}, 120_000);
afterAll(() => service.stop());

/** A provider that delivers one service by the hour, another for a flat sum from a day on, and has a grant for a third. */
const agreed = async (flatFrom: string, noShowPermille: number) => {
  const { scenario } = settlements;
  const providerId = await scenario.registerProvider();
  const [hours, flat, grant] = [
    await scenario.publishOffer(),
    await scenario.publishOffer(),
    await scenario.publishOffer(),
  ];
  const period = { from: on(10, before), to: addDays(today, 100) };
  idOf(await scenario.openCapacity({ providerId, offerId: hours }, 1, period.from, period.to));
  const services = [
    { offerId: hours, unit: 'HOUR' as const },
    { offerId: flat, unit: 'FLAT_SUM' as const },
    { offerId: grant, unit: 'FLAT_SUM' as const },
  ];
  const prices = [
    { offerId: hours, priceGrosze: 4501, from: period.from, to: on(9) },
    { offerId: hours, priceGrosze: 4703, from: on(10) },
    { offerId: flat, priceGrosze: 100_001, from: flatFrom, to: on(20) },
    { offerId: flat, priceGrosze: 123_457, from: on(21) },
  ];
  if (flatFrom > period.from)
    prices.push({ offerId: flat, priceGrosze: 0, from: period.from, to: addDays(flatFrom, -1) });
  const place = { providerId, offerId: hours };
  const agreementId = await agreements.signed(place, { ...period, services }, { prices, noShowPermille });
  return { agreementId, grant, order: await scenario.acceptedOrder(place, { ...period, quantity: 500 }) };
};

type Told = { day: number; of: string; quantity: number; fate: 'ACCEPTED' | 'NO_SHOW' | 'REJECTED' | 'MISSED' };
const outcomes = {
  NO_SHOW: { outcome: 'CLIENT_ABSENT', absenceCause: 'AWAY' },
  MISSED: { outcome: 'PROVIDER_ABSENT', absenceCause: 'TRANSPORT' },
};

async function deliver(order: ServiceOrderView, { day, of, quantity, fate }: Told): Promise<void> {
  const deliveredOn = on(of === before ? Math.max(10, day) : day, of);
  const outcome = fate === 'NO_SHOW' || fate === 'MISSED' ? outcomes[fate] : {};
  const id = idOf(await settlements.scenario.record(order, quantity, { deliveredOn, ...outcome }));
  const act = async (name: string, ifMatch: number, body: object): Promise<void> =>
    expect(await service.http('POST', `/deliveries/${id}/${name}`, { as: coordinator, ifMatch, body })).toMatchObject({
      status: 200,
    });
  if (fate !== 'REJECTED') return act('acceptance', 1, {});
  await act('dispute', 1, { causeCode: 'NOT_DELIVERED' });
  await act('rejection', 2, { reasonCode: 'NOT_DELIVERED' });
}

it('once all months are settled, what is drawn as delivered is what the settlements come to', async () => {
  const told = fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    of: fc.constantFrom(before, month),
    quantity: fc.integer({ min: 1, max: 9 }),
    fate: fc.constantFrom('ACCEPTED', 'NO_SHOW', 'REJECTED', 'MISSED') as fc.Arbitrary<Told['fate']>,
  });
  const runs = fc.asyncProperty(
    fc.array(told, { maxLength: 6 }),
    fc.integer({ min: 10, max: 28 }),
    fc.integer({ min: 0, max: 1000 }),
    fc.integer({ min: 1, max: 9_999_999 }),
    async (deliveries, flatFrom, noShowPermille, cost) => {
      const { agreementId, grant, order } = await agreed(on(flatFrom, before), noShowPermille);
      for (const delivery of deliveries) await deliver(order, delivery);
      let due = 0;
      for (const which of [before, month]) {
        const agreedFor = { agreementId, providerId: order.providerId, offerId: order.offerId, order };
        const draft = await settlements.opened(agreedFor, which);
        const costs = [
          { offerId: grant, category: 'WAGES', documentNumber: 'LP/1', issuedOn: lastDay(which), grosze: cost },
        ];
        expect(await settlements.act(draft, 'costs', { body: { costs } })).toMatchObject({ status: 200 });
        const stated = await settlements.seen(draft.id);
        expect(await settlements.submit(stated, { kind: 'GRANT_REPORT' })).toMatchObject({ status: 200 });
        due += stated.grosze;
      }
      const { orderedGrosze, deliveredGrosze, invoicedGrosze, leftGrosze, ceilingGrosze } =
        await agreements.get(agreementId);
      expect(deliveredGrosze).toBe(due);
      expect(invoicedGrosze).toBe(due);
      expect((leftGrosze ?? 0) + orderedGrosze).toBe(ceilingGrosze);
    },
  );
  await fc.assert(runs, { numRuns: 6, endOnFailure: true });
});

describe('an agreement that has ended', () => {
  /** Handed in, checked, approved. */
  const approved = async (given: Parameters<SettlementScenario['submitted']>[0], of: string): Promise<string> => {
    const { id } = await settlements.submitted(given, of);
    expect(await settlements.act(await settlements.seen(id), 'check', { as: ala })).toMatchObject({ status: 200 });
    expect(await settlements.act(await settlements.seen(id), 'approval', { as: ola })).toMatchObject({ status: 200 });
    return id;
  };
  const pay = async (id: string, key?: string) =>
    settlements.act(await settlements.seen(id), 'payment', {
      as: ala,
      body: { paidOn: today },
      ...(key === undefined ? {} : { key, ifMatch: 4 }),
    });
  const ended = async (lastDayOfIt: string) => {
    const given = await settlements.agreed();
    await settlements.delivered(given, on(2), 2);
    await service.sql(`update agreement set state = 'ENDED', last_day = $2, reports = '[]' where id = $1`, [
      given.agreementId,
      lastDayOfIt,
    ]);
    return given;
  };
  const stateOf = async (id: string): Promise<string> => (await agreements.get(id)).state;
  const told = async (id: string) => (await agreements.told(id)).filter((name) => name === 'settled');

  it('is settled by the payment that is its last, whichever month that is of, once', async () => {
    const given = await ended(lastDay(month));
    const [earlier, last] = [await approved(given, before), await approved(given, month)];
    await settlements.scenario.complete(given.order);
    expect(await pay(last)).toMatchObject({ status: 200 });
    expect(await stateOf(given.agreementId)).toBe('ENDED');
    const paid = await pay(earlier, `pay-${earlier}`);
    expect(await pay(earlier, `pay-${earlier}`)).toMatchObject({ status: 200, body: paid.body });
    expect(await stateOf(given.agreementId)).toBe('SETTLED');
    expect(await told(given.agreementId)).toEqual(['settled']);
  });

  it('is settled once when its last months are paid at the same time', async () => {
    const given = await ended(lastDay(month));
    const ids = [await approved(given, before), await approved(given, month)];
    await settlements.scenario.complete(given.order);
    for (const { status } of await Promise.all(ids.map((id) => pay(id)))) expect(status).toBe(200);
    expect(await stateOf(given.agreementId)).toBe('SETTLED');
    expect(await told(given.agreementId)).toEqual(['settled']);
  });

  it('waits for the staff while an order, a delivery or a report is open', async () => {
    const open = await ended(lastDay(month));
    expect(await pay(await approved(open, month))).toMatchObject({ status: 200 });
    expect(await stateOf(open.agreementId)).toBe('ENDED');

    const undecided = await ended(lastDay(month));
    const id = await approved(undecided, month);
    await settlements.scenario.record(undecided.order, 1, { deliveredOn: on(3) });
    await settlements.scenario.complete(undecided.order);
    await pay(id);
    expect(await stateOf(undecided.agreementId)).toBe('ENDED');

    const unreported = await ended(lastDay(month));
    const report = JSON.stringify([{ kind: 'FINAL', dueOn: today, receivedOn: null }]);
    await service.sql('update agreement set reports = $2 where id = $1', [unreported.agreementId, report]);
    await settlements.scenario.complete(unreported.order);
    expect(await pay(await approved(unreported, month))).toMatchObject({ status: 200 });
    expect(await stateOf(unreported.agreementId)).toBe('ENDED');
    await agreements.done(unreported.agreementId, 'reports', finance, { dueOn: today, receivedOn: today });
    await agreements.done(unreported.agreementId, 'settled', finance);
  });

  it('is not settled by the payment of a month before its last', async () => {
    const given = await ended(today);
    expect(await pay(await approved(given, month))).toMatchObject({ status: 200 });
    expect(await stateOf(given.agreementId)).toBe('ENDED');
  });
});
