import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, idOf, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 60_000);
afterAll(() => service.stop());

const refused = (code: string, status = 409) => ({ status, body: { type: expect.stringMatching(`${code}$`) } });
const release = (capacityId: string, holdId: string) =>
  service.http('POST', `/capacities/${capacityId}/holds/${holdId}/release`, { as: coordinator });
/** A capacity with other terms than those of the scenario. */
const opened = async (terms: object): Promise<string> => {
  const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
  const body = { ...place, places: 1, from: addDays(today, -30), to: addDays(today, 300), ...terms };
  return idOf(await service.http('POST', '/capacities', { as: organiser, body }));
};

describe('orders on different days', () => {
  it('share a place', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const later = { from: addDays(today, 21), to: addDays(today, 40) };
    await scenario.acceptedOrder(place);
    const next = await scenario.acceptedOrder(place, later);
    const third = await scenario.refer(place, { from: addDays(today, 40), to: addDays(today, 41) });
    expect(await scenario.accept(third)).toMatchObject(refused('capacity-exhausted'));
    await scenario.complete(next);
    expect(await scenario.free(capacityId)).toBe(0);
    expect(await scenario.accept(third)).toMatchObject({ status: 200 });
  });

  it('go to another place of the provider where the first one is full', async () => {
    const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
    const period = { from: addDays(today, -30), to: addDays(today, 300) };
    const ids: string[] = [];
    for (let at = 0; at < 2; at += 1) {
      const placeId = await scenario.placeOf(place.providerId);
      const body = { ...place, places: 1, ...period, placeId };
      ids.push(idOf(await service.http('POST', '/capacities', { as: organiser, body })));
    }
    for (const free of [
      [0, 1],
      [0, 0],
    ]) {
      await scenario.acceptedOrder(place);
      expect(await Promise.all(ids.map((id) => scenario.free(id)))).toEqual(free);
    }
  });
});

describe('persons', () => {
  it('are counted once each, beside places, and not when they were never served', async () => {
    const capacityId = await opened({ places: 5, heads: 2 });
    const [one, two] = [uuidv7(), uuidv7()];
    const first = idOf(await scenario.hold(capacityId, { holderRef: one }));
    expect(await scenario.hold(capacityId, { holderRef: one })).toMatchObject({ status: 201 });
    const second = idOf(await scenario.hold(capacityId, { holderRef: two }));
    expect(await scenario.hold(capacityId)).toMatchObject(refused('heads-exhausted'));
    await release(capacityId, first);
    expect(await scenario.hold(capacityId)).toMatchObject(refused('heads-exhausted'));
    await release(capacityId, second);
    expect(await scenario.hold(capacityId)).toMatchObject({ status: 201 });
    const { body } = await service.http('GET', `/capacities/${capacityId}`, { as: coordinator });
    expect(body).toMatchObject({ places: 5, free: 3, heads: 2, headsCounted: 2 });
  });

  it('stay counted once they were served, though their place is free again', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const [served, unserved] = [await scenario.acceptedOrder(place), await scenario.refer(place)];
    await scenario.record(served, 1);
    await scenario.complete(await scenario.orderOf(served.allocationId));
    await scenario.accept(unserved);
    await scenario.complete(await scenario.orderOf(unserved.allocationId));
    const heads = await service.sql<{ holder: string }>('select holder from capacity_head where capacity_id = $1', [
      capacityId,
    ]);
    expect(heads).toEqual([{ holder: served.allocationId }]);
    expect(await scenario.free(capacityId)).toBe(1);
  });
});

describe('quotas', () => {
  it('of a person let so much through in each period', async () => {
    const quotas = [{ per: 'PERSON', each: 'DAY', unit: 'RIDE', limit: 2 }];
    const capacityId = await opened({ places: 9, quotas });
    const holderRef = uuidv7();
    const ride = (quantity: number, more: object = {}) =>
      scenario.hold(capacityId, { holderRef, from: today, to: today, quantity, ...more });
    expect(await ride(2)).toMatchObject({ status: 201 });
    expect(await ride(1)).toMatchObject(refused('quota-exceeded'));
    expect(await ride(3, { to: addDays(today, 1) })).toMatchObject(refused('quota-exceeded'));
    expect(await ride(2, { to: addDays(today, 1) })).toMatchObject({ status: 201 });
    expect(await ride(1, { unit: 'HOUR' })).toMatchObject({ status: 201 });
    expect(await ride(2, { holderRef: uuidv7() })).toMatchObject({ status: 201 });
  });

  it('of a provider count everybody, and what was delivered under orders that have ended', async () => {
    const quotas = [{ per: 'PROVIDER', each: 'DAY', unit: 'HOUR', limit: 5 }];
    const place = { providerId: await scenario.registerProvider(), offerId: await scenario.publishOffer() };
    const body = { ...place, places: 9, from: today, to: addDays(today, 30), quotas };
    const capacityId = idOf(await service.http('POST', '/capacities', { as: organiser, body }));
    const day = { from: today, to: today };
    const hours = (quantity: number) => scenario.hold(capacityId, { ...day, quantity, unit: 'HOUR' });
    const order = await scenario.acceptedOrder(place, { ...day, quantity: 4 });
    expect(await hours(2)).toMatchObject(refused('quota-exceeded'));
    await scenario.record(order, 3);
    await scenario.complete(await scenario.orderOf(order.allocationId));
    expect(await hours(3)).toMatchObject(refused('quota-exceeded'));
    expect(await hours(2)).toMatchObject({ status: 201 });
  });
});
