import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 60_000);
afterAll(() => service.stop());

const usedUp = { status: 422, body: { type: expect.stringMatching(/quota-used-up$/), basis: 'art. 39(2)' } };
const period = { from: addDays(today, -10), to: addDays(today, 20) };
const perDay = (per: 'PERSON' | 'PROVIDER', limit: number) => [{ per, each: 'DAY', unit: 'HOUR', limit }];

/** Orders of ten hours each with a provider whose capacity has these quotas. */
const ordered = async (quotas: object[], count = 1): Promise<ServiceOrderView[]> => {
  const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
  const body = { ...place, places: 9, ...period, quotas };
  idOf(await service.http('POST', '/capacities', { as: organiser, body }));
  const orders: ServiceOrderView[] = [];
  for (let at = 0; at < count; at += 1) orders.push(await scenario.acceptedOrder(place, { ...period, quantity: 10 }));
  return orders;
};
const one = async (quotas: object[]): Promise<ServiceOrderView> => (await ordered(quotas))[0] as ServiceOrderView;
const permit = (orderId: string, quantity: number, covers?: string[], key?: string) =>
  service.http('POST', `/service-orders/${orderId}/excess-permits`, {
    as: organiser,
    body: { quantity, reasonCode: 'EMERGENCY', ...(covers && { covers }) },
    ...(key === undefined ? {} : { key }),
  });
const correct = (
  { providerId }: ServiceOrderView,
  id: string,
  ifMatch: number,
  quantity: number,
  deliveredOn = today,
) =>
  service.http('POST', `/deliveries/${id}/correction`, {
    as: account(providerId),
    ifMatch,
    body: { quantity, deliveredOn },
  });

describe('a quota', () => {
  it('of a person is refused once it is used up, in each of its periods', async () => {
    const order = await one(perDay('PERSON', 2));
    expect(await scenario.record(order, 3)).toMatchObject(usedUp);
    const first = idOf(await scenario.record(order, 2));
    expect(await scenario.record(order, 1)).toMatchObject({
      ...usedUp,
      body: { detail: expect.stringContaining(' 0 is left') },
    });
    expect(await scenario.record(order, 1, { deliveredOn: addDays(today, -1) })).toMatchObject({ status: 201 });
    const missed = { outcome: 'PROVIDER_ABSENT', absenceCause: 'TRANSPORT' };
    expect(await scenario.record(order, 5, missed)).toMatchObject({ status: 201 });
    const withdrawal = { as: account(order.providerId), ifMatch: 1 };
    expect(await service.http('POST', `/deliveries/${first}/withdrawal`, withdrawal)).toMatchObject({ status: 200 });
    expect(await scenario.record(order, 2)).toMatchObject({ status: 201 });
  });

  it('of another unit, or of a capacity for other days, does not count', async () => {
    const order = await one([{ per: 'PERSON', each: 'DAY', unit: 'RIDE', limit: 1 }]);
    expect(await scenario.record(order, 9)).toMatchObject({ status: 201 });
  });

  it('of a provider counts everybody, and is kept when all record at once on two replicas', async () => {
    const orders = await ordered(perDay('PROVIDER', 7), 5);
    const replica = await service.replica();
    try {
      const recordAt = async (url: string, { id, providerId }: ServiceOrderView): Promise<number> => {
        const token = await service.issuer.token(account(providerId));
        const headers = {
          Authorization: `Bearer ${token}`,
          'Idempotency-Key': uuidv7(),
          'Content-Type': 'application/json',
        };
        const body = JSON.stringify({ orderId: id, deliveredOn: today, quantity: 2 });
        return (await fetch(`${url}/deliveries`, { method: 'POST', headers, body })).status;
      };
      const statuses = await Promise.all(
        orders.map((order, at) => recordAt(at % 2 === 0 ? service.url : replica.url, order)),
      );
      expect(statuses.sort()).toEqual([201, 201, 201, 422, 422]);
    } finally {
      await replica.stop();
    }
  });

  it('counts over the rows of a batch and over corrections; less than before is never refused', async () => {
    const order = await one(perDay('PERSON', 4));
    const rows = [3, 2, 1].map((quantity) => ({ id: uuidv7(), orderId: order.id, deliveredOn: today, quantity }));
    const batch = await service.http('POST', '/deliveries/batch', {
      as: account(order.providerId),
      body: { deliveries: rows },
    });
    expect(batch.body).toMatchObject({
      recorded: 2,
      rows: [{ result: 'RECORDED' }, { problem: { code: 'quota-used-up' } }, { result: 'RECORDED' }],
    });
    const [first, , last] = rows.map(({ id }) => id) as [string, string, string];
    expect(await correct(order, last, 1, 2)).toMatchObject(usedUp);
    expect(await correct(order, first, 1, 2)).toMatchObject({ status: 200 });
    expect(await correct(order, last, 1, 2)).toMatchObject({ status: 200 });
    await service.sql('update delivery set quantity = 9 where id = $1', [first]);
    expect(await correct(order, first, 2, 8)).toMatchObject({ status: 200 });
    expect(await correct(order, first, 3, 3, addDays(today, -1))).toMatchObject({ status: 200 });
  });
});

describe('a permit', () => {
  it('lets so much through beyond a quota where it covers that, once, and says what went beyond', async () => {
    const order = await one(perDay('PERSON', 2));
    await permit(order.id, 3);
    expect(await scenario.record(order, 3)).toMatchObject(usedUp);
    const given = await permit(order.id, 2, ['QUOTA'], `quota-${order.id}`);
    expect(await permit(order.id, 2, ['QUOTA'], `quota-${order.id}`)).toMatchObject({ status: 201, body: given.body });
    expect((await service.published('providers.excess-permit.given.v1', idOf(given))).data).toMatchObject({
      covers: ['QUOTA'],
    });
    const id = idOf(await scenario.record(order, 3));
    const beyond = async () =>
      (await service.http('GET', `/deliveries/${id}`, { as: coordinator })).body['beyondQuota'];
    expect(await beyond()).toBe(1);
    const yesterday = { deliveredOn: addDays(today, -1) };
    expect(await scenario.record(order, 4, yesterday)).toMatchObject(usedUp);
    expect(await scenario.record(order, 3, yesterday)).toMatchObject({ status: 201 });
    expect(await scenario.record(order, 1)).toMatchObject(usedUp);
    expect(await correct(order, id, 1, 2)).toMatchObject({ status: 200 });
    expect(await beyond()).toBe(0);
    expect(await scenario.record(order, 1)).toMatchObject({ status: 201 });
    expect(await scenario.record(order, 1)).toMatchObject(usedUp);
  });

  it('may cover both, and what covers a quota alone lets nothing through beyond the order', async () => {
    const order = await one(perDay('PERSON', 10));
    expect(await permit(order.id, 2, ['QUOTA'])).toMatchObject({ status: 201 });
    idOf(await scenario.record(order, 10));
    expect(await scenario.record(order, 1)).toMatchObject({
      body: { type: expect.stringMatching(/more-than-ordered$/) },
    });
    expect(await permit(order.id, 1, ['QUANTITY', 'QUOTA'])).toMatchObject({ status: 201 });
    expect(await scenario.record(order, 1)).toMatchObject({ status: 201 });
    const path = `/service-orders/${order.id}/excess-permits`;
    const { body } = await service.http('GET', path, { as: account(order.providerId) });
    expect(body).toMatchObject({ items: [{ covers: ['QUOTA'] }, { covers: ['QUANTITY', 'QUOTA'] }] });
    for (const covers of [[], ['QUANTITY', 'QUANTITY'], ['PRICE']])
      expect(await permit(order.id, 1, covers)).toMatchObject({ status: 400 });
  });
});
