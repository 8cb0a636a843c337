import { addDays } from '@okienko/contracts/calendar';
import { allocationCompletedV2 } from '@okienko/contracts/cases/allocation-completed.v2';
import { allocationReferralLapsedV1 } from '@okienko/contracts/cases/allocation-referral-lapsed.v1';
import { allocationReferredV2 } from '@okienko/contracts/cases/allocation-referred.v2';
import { allocationResignedV1 } from '@okienko/contracts/cases/allocation-resigned.v1';
import { allocationResumedV1 } from '@okienko/contracts/cases/allocation-resumed.v1';
import { allocationSuspendedV1 } from '@okienko/contracts/cases/allocation-suspended.v1';
import { allocationTerminatedV1 } from '@okienko/contracts/cases/allocation-terminated.v1';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { account, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from './service-orders.dto';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
}, 120_000);
afterAll(() => service.stop());

const personId = uuidv7();
const becomes = (order: ServiceOrderView, expected: object): Promise<ServiceOrderView> =>
  service.eventually(async () => {
    const { body } = await service.http<ServiceOrderView>('GET', `/service-orders/${order.id}`, {
      as: account(order.providerId),
    });
    expect(body).toMatchObject(expected);
    return body;
  });
const lapse = (order: ServiceOrderView) => scenario.say(allocationReferralLapsedV1, order, { lapsedOn: today });
const resign = (order: ServiceOrderView) =>
  scenario.say(allocationResignedV1, order, { personId, orderId: order.id, resignedOn: today });
const terminate = (order: ServiceOrderView) =>
  scenario.say(allocationTerminatedV1, order, { personId, terminatedOn: today, reasonCode: 'MOVED' });
const suspend = (order: ServiceOrderView) =>
  scenario.say(allocationSuspendedV1, order, { personId, orderId: order.id, from: today, reasonCode: 'OTHER' });
const told = async (id: string): Promise<string[]> => {
  const sql = `select event::jsonb ->> 'type' as name from outbox where aggregate_id = $1 order by sequence`;
  return (await service.sql<{ name: string }>(sql, [id])).map(({ name }) => name.split('.').at(-2) ?? '');
};

describe('an order that nobody answers', () => {
  it('shows until when it may be answered, lapses, and cannot be accepted any more', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const answerBy = addDays(today, 5);
    const order = await scenario.refer(place, { answerBy });
    const listed = async (until: string): Promise<string[]> => {
      const path = `/service-orders?answerUntil=${until}`;
      const { body } = await service.http<{ items: ServiceOrderView[] }>('GET', path, {
        as: account(place.providerId),
      });
      return body.items.map(({ id }) => id);
    };
    await becomes(order, { state: 'RECEIVED', answerBy });
    expect(await listed(answerBy)).toEqual([order.id]);
    expect(await listed(addDays(answerBy, -1))).toEqual([]);
    await lapse(order);
    await becomes(order, { state: 'CANCELLED', cancelReason: 'NO_ANSWER', version: 2 });
    const { data } = await service.published('providers.service-order.cancelled.v1', order.id);
    expect(data).toMatchObject({ allocationId: order.allocationId, attempt: 1, reasonCode: 'NO_ANSWER' });
    expect(await scenario.accept({ ...order, version: 2 })).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/wrong-state$/), detail: expect.stringContaining('CANCELLED') },
    });
    expect(await listed(answerBy)).toEqual([]);
    expect(await scenario.free(capacityId)).toBe(1);
  });

  it('gives its place back when it was accepted just before, once', async () => {
    const { capacityId, ...place } = await scenario.places(2);
    const order = await scenario.acceptedOrder(place);
    expect(await scenario.free(capacityId)).toBe(1);
    await lapse(order);
    await becomes(order, { state: 'CANCELLED' });
    await terminate(order);
    await resign(order);
    await scenario.refer(place);
    expect(await scenario.free(capacityId)).toBe(2);
    expect(await told(order.id)).toEqual(['received', 'accepted', 'cancelled']);
  });
});

describe('an order under way', () => {
  it('pauses, keeps its place, and goes on', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const order = await scenario.acceptedOrder(place);
    await scenario.record(order, 1);
    await suspend(order);
    await becomes(order, { state: 'SUSPENDED', suspendedFrom: today });
    expect(await scenario.record(order, 1)).toMatchObject({
      status: 422,
      body: { type: expect.stringMatching(/delivered-in-pause$/) },
    });
    expect(await scenario.record(order, 1, { deliveredOn: addDays(today, -1) })).toMatchObject({ status: 201 });
    expect(await scenario.free(capacityId)).toBe(0);
    await scenario.say(allocationResumedV1, order, { personId, orderId: order.id, resumedOn: today });
    await becomes(order, { state: 'IN_DELIVERY', suspendedFrom: null });
    expect(await scenario.record(order, 1)).toMatchObject({ status: 201 });
    expect(await told(order.id)).toEqual(['received', 'accepted', 'started', 'suspended', 'resumed']);
  });

  it('ends with its service, paused or not, and its place is free', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const order = await scenario.acceptedOrder(place);
    await scenario.record(order, 1);
    await suspend(order);
    await resign(order);
    await becomes(order, { state: 'CANCELLED', cancelReason: 'RESIGNED' });
    expect(await scenario.free(capacityId)).toBe(1);
  });

  it('may be one of a service used singly', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const first = await scenario.refer(place);
    const applicationId = uuidv7();
    await lapse(first);
    const terms = { applicationId, attempt: 2, from: today, to: today, quantity: 1, unit: 'HOUR' };
    await scenario.say(allocationReferredV2, first, terms);
    const order = await service.eventually(async () => {
      const found = await scenario.orderOf(first.allocationId);
      expect(found).toMatchObject({ attempt: 2, state: 'RECEIVED' });
      return found;
    });
    expect(await scenario.accept(order)).toMatchObject({ status: 200 });
    await scenario.say(allocationCompletedV2, order, {
      applicationId,
      personId,
      orderId: order.id,
      completedOn: today,
    });
    await becomes(order, { state: 'COMPLETED' });
    expect(await scenario.free(capacityId)).toBe(1);
  });
});

it('places add up, whatever crosses: each order that works holds one, and no other does', async () => {
  const acts = { accept: (order: ServiceOrderView) => scenario.accept(order), lapse, resign, terminate, suspend };
  type Act = keyof typeof acts;
  const one = fc.shuffledSubarray<Act>(['accept', 'lapse', 'resign', 'terminate', 'suspend'], { minLength: 1 });
  const crossing = fc.asyncProperty(
    fc.integer({ min: 1, max: 4 }),
    fc.array(one, { minLength: 2, maxLength: 6 }),
    async (places, crossed) => {
      const { capacityId, ...place } = await scenario.places(places);
      const orders = await Promise.all(crossed.map(() => scenario.refer(place)));
      await Promise.all(orders.flatMap((order, at) => (crossed[at] ?? []).map((act) => acts[act](order))));
      // An event of another aggregate has had its effect, so those before it have.
      await scenario.publishOffer();
      await service.eventually(async () => {
        const states = await service.sql<{ state: string }>('select state from service_order where offer_id = $1', [
          place.offerId,
        ]);
        const held = states.filter(({ state }) => ['ACCEPTED', 'IN_DELIVERY', 'SUSPENDED'].includes(state)).length;
        expect(await scenario.free(capacityId)).toBe(places - held);
        const [reserved] = await service.sql<{ held: number }>(
          'select count(*)::int as held from capacity_reservation where capacity_id = $1',
          [capacityId],
        );
        expect(reserved?.held).toBe(held);
        const ended = crossed.filter((set) => set.some((act) => act !== 'accept' && act !== 'suspend')).length;
        expect(states.filter(({ state }) => state === 'CANCELLED')).toHaveLength(ended);
      });
    },
  );
  await fc.assert(crossing, { numRuns: 10, endOnFailure: true });
});
