import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, gmina, Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

const act = (id: string, name: string, options: object) =>
  service.http('POST', `/service-orders/${id}/${name}`, options);
const toldOf = (id: string) =>
  service.sql<{ name: string }>(
    `select event::jsonb ->> 'type' as name from outbox where aggregate_id = $1 order by sequence`,
    [id],
  );

describe('a referral', () => {
  it('becomes an order of the provider', async () => {
    const { providerId, offerId } = await scenario.places(1);
    const { id, allocationId } = await scenario.refer({ providerId, offerId });
    const told = await service.published('providers.service-order.received.v1', id);
    expect(told).toMatchObject({ subject: id, sequence: '0000000001', gmina });
    expect(told.data).toEqual({ allocationId, providerId, offerId, attempt: 1 });
    const { body } = await service.http('GET', `/service-orders/${id}`, { as: account(providerId) });
    const terms = { from: addDays(today, -10), to: addDays(today, 20), quantity: 10, unit: 'HOUR' };
    expect(body).toEqual({
      id,
      version: 1,
      allocationId,
      attempt: 1,
      providerId,
      offerId,
      ...terms,
      state: 'RECEIVED',
      answerBy: null,
      suspendedFrom: null,
      cancelReason: null,
      scheduleCode: null,
      placeId: null,
      requests: [],
    });
  });

  it('that comes again makes no second order, but the next attempt does', async () => {
    const place = await scenario.places(1);
    const first = await scenario.refer(place);
    const { providerId, offerId } = place;
    const referral = {
      planId: uuidv7(),
      providerId,
      offerId,
      from: today,
      to: today,
      quantity: 1,
      unit: 'HOUR',
    } as const;
    await scenario.referAgain(first.allocationId, { ...referral, attempt: 1 });
    await scenario.referAgain(first.allocationId, { ...referral, attempt: 2 });
    await scenario.referAgain(first.allocationId, { ...referral, attempt: 1 });
    await scenario.referAgain(first.allocationId, { ...referral, attempt: 3 });
    await service.eventually(async () => {
      const sql = 'select attempt from service_order where allocation_id = $1 order by attempt';
      const orders = await service.sql<{ attempt: number }>(sql, [first.allocationId]);
      expect(orders.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    });
  });

  it('to a provider that nobody knows is declined at once, so that it can be referred elsewhere', async () => {
    const place = { providerId: uuidv7(), offerId: uuidv7() };
    const { id, allocationId, state } = await scenario.refer(place);
    expect(state).toBe('DECLINED');
    const told = await service.published('providers.service-order.declined.v1', id);
    expect(told).toMatchObject({ sequence: '0000000002' });
    expect(told.data).toEqual({ allocationId, ...place, attempt: 1, reasonCode: 'UNKNOWN_PROVIDER' });
  });
});

describe('accepting an order', () => {
  it('takes a place and says both', async () => {
    const { capacityId, ...place } = await scenario.places(2);
    const order = await scenario.refer(place);
    expect(await scenario.accept(order)).toMatchObject({ status: 200, body: { id: order.id, version: 2 } });
    const { id, allocationId } = order;
    const reserved = await service.published('providers.capacity.reserved.v1', capacityId);
    expect(reserved.data).toEqual({ ...place, places: 2, free: 1, orderId: id, until: addDays(today, 20) });
    const accepted = await service.published('providers.service-order.accepted.v1', id);
    expect(accepted).toMatchObject({ sequence: '0000000002', gmina });
    expect(accepted.data).toEqual({ allocationId, ...place, attempt: 1 });
  });

  it('is refused when every place is taken, and leaves the order as it was', async () => {
    const place = await scenario.places(1);
    await scenario.acceptedOrder(place);
    const order = await scenario.refer(place);
    const refused = { status: 409, body: { type: expect.stringMatching(/capacity-exhausted$/) } };
    expect(await scenario.accept(order)).toMatchObject(refused);
    expect(await scenario.orderOf(order.allocationId)).toMatchObject({ state: 'RECEIVED', version: 1 });
  });

  it('is refused when no capacity covers the whole period of the order', async () => {
    const place = await scenario.places(1);
    const order = await scenario.refer(place, { to: addDays(today, 301) });
    const refused = { status: 409, body: { type: expect.stringMatching(/no-capacity-open$/) } };
    expect(await scenario.accept(order)).toMatchObject(refused);
  });

  it('takes one place, however often the same request is sent', async () => {
    const { capacityId, ...place } = await scenario.places(2);
    const { id } = await scenario.refer(place);
    const once = { as: account(place.providerId), ifMatch: 1, key: `accept-${id}` };
    const first = await act(id, 'acceptance', once);
    expect(await act(id, 'acceptance', once)).toMatchObject({ status: 200, body: first.body });
    const another = { ...once, body: { reasonCode: 'OTHER' } };
    expect(await act(id, 'declination', another)).toMatchObject({
      status: 422,
      body: { title: 'Idempotency key reused' },
    });
    expect(await scenario.free(capacityId)).toBe(1);
    expect(await toldOf(id)).toHaveLength(2);
  });

  it('needs the version that was seen', async () => {
    const place = await scenario.places(1);
    const { id } = await scenario.refer(place);
    const as = account(place.providerId);
    expect(await act(id, 'acceptance', { as })).toMatchObject({ status: 428 });
    expect(await act(id, 'acceptance', { as, ifMatch: 7 })).toMatchObject({ status: 412 });
  });

  it('is for the provider of the order alone; to another it does not exist, and staff cannot do it', async () => {
    const place = await scenario.places(1);
    const { id } = await scenario.refer(place);
    const stranger = account(await scenario.registerProvider());
    const missing = await act(uuidv7(), 'acceptance', { as: stranger, ifMatch: 1 });
    const hidden = await act(id, 'acceptance', { as: stranger, ifMatch: 7 });
    expect([missing.status, hidden.status]).toEqual([404, 404]);
    expect((hidden.body as { detail: string }).detail).toBe((missing.body as { detail: string }).detail);
    expect(await act(id, 'acceptance', { as: coordinator, ifMatch: 1 })).toMatchObject({ status: 403 });
  });

  it('cannot follow a declination', async () => {
    const place = await scenario.places(1);
    const { id } = await scenario.refer(place);
    const as = account(place.providerId);
    await act(id, 'declination', { as, ifMatch: 1, body: { reasonCode: 'OTHER' } });
    const refused = { status: 409, body: { type: expect.stringMatching(/wrong-state$/) } };
    expect(await act(id, 'acceptance', { as, ifMatch: 2 })).toMatchObject(refused);
  });

  it('never gives more places than there are, and completion frees every one of them', async () => {
    const runs = fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 5 }),
      async (places, more) => {
        const { capacityId, ...place } = await scenario.places(places);
        const orders = await Promise.all(Array.from({ length: places + more }, () => scenario.refer(place)));
        const answers = await Promise.all(orders.map((order) => scenario.accept(order)));
        const taken = orders.filter((_, index) => answers[index]?.status === 200);
        expect(taken).toHaveLength(places);
        expect(answers.filter(({ status }) => status === 409)).toHaveLength(more);
        expect(await scenario.free(capacityId)).toBe(0);
        await Promise.all(taken.map((order) => scenario.complete(order)));
        expect(await scenario.free(capacityId)).toBe(places);
      },
    );
    await fc.assert(runs, { numRuns: 4 });
  });
});

describe('declining an order', () => {
  it('says why', async () => {
    const place = await scenario.places(1);
    const { id, allocationId } = await scenario.refer(place);
    const body = { reasonCode: 'NO_QUALIFIED_STAFF' };
    const answer = await act(id, 'declination', { as: account(place.providerId), ifMatch: 1, body });
    expect(answer).toMatchObject({ status: 200, body: { id, version: 2 } });
    const { providerId, offerId } = place;
    const told = await service.published('providers.service-order.declined.v1', id);
    expect(told.data).toEqual({ allocationId, providerId, offerId, attempt: 1, ...body });
  });

  it('needs a reason of the list, the version that was seen, and the provider itself', async () => {
    const place = await scenario.places(1);
    const { id } = await scenario.refer(place);
    const as = account(place.providerId);
    const body = { reasonCode: 'OUT_OF_AREA' };
    expect(await act(id, 'declination', { as, ifMatch: 1, body: { reasonCode: 'UNKNOWN_PROVIDER' } })).toMatchObject({
      status: 400,
    });
    expect(await act(id, 'declination', { as, ifMatch: 3, body })).toMatchObject({ status: 412 });
    expect(await act(id, 'declination', { as, body })).toMatchObject({ status: 428 });
    expect(await act(id, 'declination', { as: coordinator, ifMatch: 1, body })).toMatchObject({ status: 403 });
    const stranger = account(await scenario.registerProvider());
    expect(await act(id, 'declination', { as: stranger, ifMatch: 1, body })).toMatchObject({ status: 404 });
  });

  it('cannot follow an acceptance', async () => {
    const order = await scenario.acceptedOrder(await scenario.places(1));
    const options = { as: account(order.providerId), ifMatch: order.version, body: { reasonCode: 'OTHER' } };
    expect(await act(order.id, 'declination', options)).toMatchObject({ status: 409 });
  });
});

it('an order is completed with its allocation, without any delivery too, and its place is free again, once', async () => {
  const { capacityId, ...place } = await scenario.places(1);
  const order = await scenario.acceptedOrder(place);
  await scenario.complete(order);
  const { id, allocationId } = order;
  const told = await service.published('providers.service-order.completed.v1', id);
  expect(told.data).toEqual({ allocationId, ...place, attempt: 1, completedOn: today });
  const released = await service.published('providers.capacity.released.v1', capacityId);
  expect(released.data).toEqual({ ...place, places: 1, free: 1, orderId: id });
  await scenario.complete(order);
  await service.eventually(async () => {
    const sql = 'select sequence, parked from inbox_position where aggregate_id = $1';
    expect(await service.sql(sql, [allocationId])).toEqual([{ sequence: 4, parked: false }]);
  });
  expect(await toldOf(id)).toHaveLength(3);
});

it('a list never shows more than a get: staff see all orders, a provider its own', async () => {
  const [one, two] = [await scenario.places(1), await scenario.places(1)];
  const orders = [await scenario.refer(one), await scenario.refer(two), await scenario.refer(one)];
  for (const as of [coordinator, account(one.providerId), account(two.providerId), account(uuidv7())]) {
    const { body } = await service.http('GET', '/service-orders?limit=200&state=RECEIVED', { as });
    const listed = new Set((body as { items: { id: string }[] }).items.map(({ id }) => id));
    for (const { id } of orders) {
      const { status } = await service.http('GET', `/service-orders/${id}`, { as });
      expect(status).toBe(listed.has(id) ? 200 : 404);
    }
    const own = orders.filter(
      ({ providerId }) => as === coordinator || providerId === (as as { providerId?: string }).providerId,
    );
    expect(orders.filter(({ id }) => listed.has(id))).toEqual(own);
  }
});

it('the orders of one allocation are found by it, and by no one who may not see them', async () => {
  const place = await scenario.places(1);
  const order = await scenario.refer(place);
  await scenario.refer(place);
  const list = async (as: object) => {
    const { body } = await service.http('GET', `/service-orders?allocationId=${order.allocationId}`, { as });
    return (body as { items: { id: string }[] }).items.map(({ id }) => id);
  };
  expect(await list(coordinator)).toEqual([order.id]);
  expect(await list(account(place.providerId))).toEqual([order.id]);
  expect(await list(account(uuidv7()))).toEqual([]);
});
