import { addDays } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, gmina, idOf, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from '../service-orders/service-orders.dto';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

const order = async (): Promise<ServiceOrderView> => scenario.acceptedOrder(await scenario.places(1));
const recordedTotal = async (orderId: string): Promise<number> => {
  const sql = 'select coalesce(sum(quantity), 0)::int as total from delivery where order_id = $1';
  return (await service.sql<{ total: number }>(sql, [orderId]))[0]?.total ?? -1;
};
const broken = (code: string) => ({
  status: 422,
  body: { type: expect.stringMatching(new RegExp(`${code}$`)), basis: 'art. 39(2)' },
});

describe('recording a delivery', () => {
  it('says what was delivered; the first one starts the order', async () => {
    const { id: orderId, allocationId, providerId, offerId } = await order();
    const ordered = await scenario.orderOf(allocationId);
    const id = idOf(await scenario.record(ordered, 3));
    const told = await service.published('providers.delivery.recorded.v1', id);
    expect(told).toMatchObject({ subject: id, sequence: '0000000001', gmina });
    const facts = { orderId, allocationId, providerId };
    expect(told.data).toEqual({ ...facts, deliveredOn: today, quantity: 3, unit: 'HOUR' });
    const started = await service.published('providers.service-order.started.v1', orderId);
    expect(started.data).toEqual({ allocationId, providerId, offerId, attempt: 1, startedOn: today });
    idOf(await scenario.record(ordered, 2));
    expect(await scenario.orderOf(allocationId)).toMatchObject({ state: 'IN_DELIVERY', version: 3 });
  });

  it('sent again with its own id and the same content gets the same answer and changes nothing', async () => {
    const ordered = await order();
    const id = uuidv7();
    const first = await scenario.record(ordered, 3, { id });
    expect(first).toMatchObject({ status: 201, body: { id, version: 1 } });
    expect(await scenario.record(ordered, 3, { id })).toMatchObject({ status: 201, body: first.body });
    expect(await scenario.record(ordered, 3, { id: id.toUpperCase() })).toMatchObject({
      status: 201,
      body: first.body,
    });
    const taken = { status: 409, body: { type: expect.stringMatching(/delivery-id-taken$/) } };
    expect(await scenario.record(ordered, 4, { id })).toMatchObject(taken);
    expect(await scenario.record(await order(), 3, { id })).toMatchObject(taken);
    expect(await recordedTotal(ordered.id)).toBe(3);
    expect(await service.sql('select 1 from outbox where aggregate_id = $1', [id])).toHaveLength(1);
  });

  it('sent again after the order was completed still gets its answer', async () => {
    const ordered = await order();
    const id = uuidv7();
    await scenario.record(ordered, 3, { id });
    await scenario.complete(ordered);
    expect(await scenario.record(ordered, 3, { id })).toMatchObject({ status: 201, body: { id, version: 1 } });
    expect(await scenario.record(ordered, 3)).toMatchObject({ status: 409 });
  });

  it('takes one of several with the same id that come at once for different orders', async () => {
    const [one, two] = [await order(), await order()];
    const id = uuidv7();
    const answers = await Promise.all([scenario.record(one, 1, { id }), scenario.record(two, 1, { id })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('happens once under one Idempotency-Key, which serves no other body', async () => {
    const { id: orderId, providerId } = await order();
    const send = (quantity: number) =>
      service.http('POST', '/deliveries', {
        as: account(providerId),
        key: `record-${orderId}`,
        body: { orderId, deliveredOn: today, quantity },
      });
    const first = await send(2);
    expect(await send(2)).toMatchObject({ status: 201, body: first.body });
    expect(await send(3)).toMatchObject({ status: 422 });
    expect(await recordedTotal(orderId)).toBe(2);
  });

  it('keeps to the period of the order and to days that have come', async () => {
    const ordered = await order();
    const on = (deliveredOn: string) => scenario.record(ordered, 1, { deliveredOn });
    expect(await on(addDays(today, -11))).toMatchObject(broken('delivered-outside-period'));
    expect(await on(addDays(today, 1))).toMatchObject(broken('delivered-in-future'));
    expect(await on(addDays(today, -10))).toMatchObject({ status: 201 });
  });

  it('never exceeds what was ordered, however many come at once', async () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 8 });
    const runs = fc.asyncProperty(quantities, async (parts) => {
      const ordered = await order();
      const answers = await Promise.all(parts.map((quantity) => scenario.record(ordered, quantity)));
      const recorded = parts.filter((_, index) => answers[index]?.status === 201);
      const total = recorded.reduce((sum, quantity) => sum + quantity, 0);
      expect(total).toBeLessThanOrEqual(10);
      expect(await recordedTotal(ordered.id)).toBe(total);
      answers.forEach((answer, index) => {
        if (answer.status === 201) return;
        expect(answer).toMatchObject(broken('more-than-ordered'));
        expect(total + (parts[index] ?? 0)).toBeGreaterThan(10);
      });
    });
    await fc.assert(runs, { numRuns: 5 });
  });

  it('needs an accepted order of the provider itself', async () => {
    const place = await scenario.places(1);
    const waiting = await scenario.refer(place);
    expect(await scenario.record(waiting, 1)).toMatchObject({ status: 409 });
    await scenario.accept(waiting);
    const stranger = { ...waiting, providerId: await scenario.registerProvider() };
    expect(await scenario.record(stranger, 1)).toMatchObject({ status: 404 });
    const body = { orderId: waiting.id, deliveredOn: today, quantity: 1 };
    expect(await service.http('POST', '/deliveries', { as: coordinator, body })).toMatchObject({ status: 403 });
  });
});

describe('accepting a delivery', () => {
  const accept = (id: string, options: object) => service.http('POST', `/deliveries/${id}/acceptance`, options);

  it('is done once, by the centre', async () => {
    const ordered = await order();
    const id = idOf(await scenario.record(ordered, 3));
    expect(await accept(id, { as: coordinator })).toMatchObject({ status: 428 });
    expect(await accept(id, { as: coordinator, ifMatch: 5 })).toMatchObject({ status: 412 });
    const once = { as: coordinator, ifMatch: 1, key: `accept-${id}` };
    expect(await accept(id, once)).toMatchObject({ status: 200, body: { id, version: 2 } });
    expect(await accept(id, once)).toMatchObject({ status: 200, body: { id, version: 2 } });
    const told = await service.published('providers.delivery.accepted.v1', id);
    expect(told).toMatchObject({ sequence: '0000000002', gmina });
    const { allocationId, providerId } = ordered;
    const facts = { orderId: ordered.id, allocationId, providerId, deliveredOn: today };
    expect(told.data).toEqual({ ...facts, quantity: 3, unit: 'HOUR' });
    expect(await accept(id, { as: coordinator, ifMatch: 2 })).toMatchObject({ status: 409 });
    const seen = await service.http('GET', `/deliveries/${id}`, { as: account(providerId) });
    expect(seen.body).toMatchObject({ state: 'ACCEPTED', acceptedBy: coordinator.sub });
  });

  it('is never for a provider account, not even one with a role of the centre', async () => {
    const ordered = await order();
    const id = idOf(await scenario.record(ordered, 1));
    const { providerId } = ordered;
    const provider = account(providerId);
    expect(await accept(id, { as: provider, ifMatch: 1 })).toMatchObject({ status: 403 });
    expect(await accept(id, { as: { ...provider, roles: ['provider', 'finance'] }, ifMatch: 1 })).toMatchObject({
      status: 403,
    });
    expect(await accept(id, { as: { sub: 'x', roles: ['finance'], providerId }, ifMatch: 1 })).toMatchObject({
      status: 403,
    });
  });
});

it('deliveries are listed by order; to a provider only its own, alone and in the list', async () => {
  const [one, two] = [await order(), await order()];
  const ids = [idOf(await scenario.record(one, 1)), idOf(await scenario.record(one, 2))];
  const list = async (as: object) => {
    const { body } = await service.http('GET', `/deliveries?orderId=${one.id}`, { as });
    return (body as { items: { id: string }[] }).items.map(({ id }) => id);
  };
  expect(await list(coordinator)).toEqual(ids);
  expect(await list(account(one.providerId))).toEqual(ids);
  expect(await list(account(two.providerId))).toEqual([]);
  const hidden = await service.http('GET', `/deliveries/${ids[0]}`, { as: account(two.providerId) });
  expect(hidden).toMatchObject({ status: 404 });
});
