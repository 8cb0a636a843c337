import { addDays } from '@okienko/contracts/calendar';
import { allocationChangedV1 } from '@okienko/contracts/cases/allocation-changed.v1';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';
import { Agreements, director, order as procedure, signing } from './scenario';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let agreements: Agreements;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  agreements = new Agreements(service);
}, 60_000);
afterAll(() => service.stop());

const problem = (code: string) => ({ status: 409, body: { type: expect.stringMatching(`${code}$`) } });
const changed = async (order: ServiceOrderView, quantity: number, more: object = {}): Promise<void> => {
  const period = { from: addDays(today, -10), to: addDays(today, 20) };
  await scenario.say(allocationChangedV1, order, {
    planId: uuidv7(),
    orderId: order.id,
    ...period,
    quantity,
    ...more,
  });
  await service.eventually(async () =>
    expect(await service.sql('select quantity from service_order where id = $1', [order.id])).toEqual([{ quantity }]),
  );
};

describe('an order that is changed by agreement', () => {
  it('to less draws less, and what it no longer needs another order may have', async () => {
    const place = await scenario.places(2);
    const id = await agreements.signed(place, { ceilingGrosze: 12 * 4500 });
    const order = await scenario.acceptedOrder(place);
    await scenario.record(order, 2);
    const other = await scenario.refer(place, { quantity: 6 });
    expect(await scenario.accept(other)).toMatchObject(problem('ceiling-exhausted'));
    await changed(order, 6);
    const used = { services: [{ ordered: 6, delivered: 2 }], orderedGrosze: 6 * 4500, leftGrosze: 6 * 4500 };
    expect(await agreements.get(id)).toMatchObject(used);
    expect(await scenario.accept(other)).toMatchObject({ status: 200 });
    expect(await agreements.get(id)).toMatchObject({ orderedGrosze: 12 * 4500, leftGrosze: 0 });
  });

  it('to more draws more, beyond the ceiling as well: both have agreed, and the ceiling is told to be reached', async () => {
    const place = await scenario.places(2);
    const id = await agreements.signed(place, { ceilingGrosze: 10 * 4500 });
    const order = await scenario.acceptedOrder(place, { quantity: 8 });
    await changed(order, 12);
    expect(await agreements.get(id)).toMatchObject({ orderedGrosze: 12 * 4500, leftGrosze: 0 });
    const { data } = await service.published('providers.agreement.ceiling-reached.v1', id);
    expect(data).toMatchObject({ unit: 'GROSZE', ceiling: 45_000, ordered: 54_000 });
    const refused = await scenario.accept(await scenario.refer(place, { quantity: 1 }));
    expect(refused).toMatchObject({
      ...problem('ceiling-exhausted'),
      body: { detail: expect.stringContaining(' 0 gr') },
    });
  });

  it('goes down to what counts: not what was rejected, missed by the provider, or permitted besides', async () => {
    const order = await scenario.acceptedOrder(await scenario.places(1));
    const act = (id: string, name: string, ifMatch: number, body: object, as: object = coordinator) =>
      service.http('POST', `/deliveries/${id}/${name}`, { as, ifMatch, body });
    const rejected = idOf(await scenario.record(order, 4));
    await act(rejected, 'dispute', 1, { causeCode: 'NOT_DELIVERED' });
    expect(await act(rejected, 'rejection', 2, { reasonCode: 'NOT_DELIVERED' })).toMatchObject({ status: 200 });
    const corrected = idOf(await scenario.record(order, 5));
    const provider = account(order.providerId);
    await act(corrected, 'correction', 1, { deliveredOn: today, quantity: 3 }, provider);
    await scenario.record(order, 2, { outcome: 'PROVIDER_ABSENT', absenceCause: 'TRANSPORT' });
    const { version } = await scenario.orderOf(order.allocationId);
    const ask = (quantity: number) =>
      service.http('POST', `/service-orders/${order.id}/change-request`, {
        as: provider,
        ifMatch: version,
        body: { reasonCode: 'LESS_NEEDED', quantity },
      });
    expect(await ask(2)).toMatchObject({ status: 422, body: { detail: expect.stringContaining('3 are delivered') } });
    expect(await ask(3)).toMatchObject({ status: 200 });
    await changed(order, 3);
  });
});

describe('a flat sum', () => {
  it('draws by its months, and not by orders, from the day on which the agreement is signed', async () => {
    const place = await scenario.places(2);
    const year = Number(today.slice(0, 4));
    const from = `${year - 1}-01-16`;
    const planned = {
      from,
      to: `${year + 1}-12-31`,
      services: [{ offerId: place.offerId, unit: 'FLAT_SUM' as const }],
    };
    const prices = [{ offerId: place.offerId, priceGrosze: 310_000, from }];
    // 16 of 31 days of January, and 35 whole months.
    const whole = 160_000 + 35 * 310_000;
    const id = await agreements.plan(place, { ...planned, ceilingGrosze: whole - 1 });
    await agreements.done(id, 'procurement', organiser, procedure);
    const sign = (ceilingGrosze: number) =>
      agreements.act(id, 'signature', director, { ...signing(place), prices, ceilingGrosze });
    expect(await sign(whole - 1)).toMatchObject(problem('ceiling-too-low'));
    expect(await sign(whole)).toMatchObject({ status: 200 });
    const order = await scenario.acceptedOrder(place, { unit: 'FLAT_SUM', quantity: 3 });
    await scenario.record(order, 1);
    expect(await agreements.get(id)).toMatchObject({
      services: [{ ordered: 3, delivered: 1 }],
      ...{ orderedGrosze: whole, deliveredGrosze: 0, invoicedGrosze: 0, leftGrosze: 0 },
    });
    const { body } = await service.http('GET', `/agreements/${id}/forecast`, { as: director });
    expect(body).toMatchObject({
      items: [
        { ordered: 3, delivered: 1 },
        { unit: 'GROSZE', ordered: whole },
      ],
    });
  });

  it('that fills its ceiling, as it was agreed, is nothing to be warned of', async () => {
    const place = await scenario.places(1);
    const from = addDays(today, -30);
    const planned = {
      from,
      to: addDays(today, 300),
      services: [{ offerId: place.offerId, unit: 'FLAT_SUM' as const }],
    };
    const prices = [{ offerId: place.offerId, priceGrosze: 310_000, from }];
    const id = await agreements.signed(place, planned, { prices });
    const { orderedGrosze: ceilingGrosze } = await agreements.get(id);
    await agreements.done(id, 'amendments', director, { number: '1', signedOn: today, from: today, ceilingGrosze });
    expect(await agreements.get(id)).toMatchObject({ leftGrosze: 0 });
    await service.eventually(async () => {
      const watched = await service.sql('select watched_on as day from agreement where id = $1', [id]);
      expect(watched).toEqual([{ day: today }]);
    }, 30_000);
    expect((await agreements.told(id)).filter((name) => name.startsWith('ceiling'))).toEqual([]);
  });
});
