import { event, type EventName } from '@okienko/contracts/event';
import { deliveryAcceptanceWithdrawnV1 } from '@okienko/contracts/providers/delivery-acceptance-withdrawn.v1';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, director, problemOf, Scenario, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const accept = (...answer: Parameters<Scenario['accept']>): Promise<string> => scenario.accept(...answer);
const decline = (...answer: Parameters<Scenario['decline']>): Promise<void> => scenario.decline(...answer);
const deliver = (...delivery: Parameters<Scenario['deliver']>): Promise<string> => scenario.deliver(...delivery);

const state = async (id: string): Promise<object> => (await scenario.get(`/allocations/${id}`, coordinator)).body;
const becomes = (id: string, expected: object): Promise<void> =>
  scenario.service.eventually(async () => expect(await state(id)).toMatchObject(expected));
/** Everything published so far has been handled: a later event of another aggregate has had its effect. */
const settled = async (): Promise<void> => void (await scenario.capacity(uuidv7()));

describe('an allocation', () => {
  it('is accepted, starts with the first delivery and counts each; the first start activates the plan', async () => {
    const plan = await scenario.approvedPlan();
    const { allocationId, planId } = plan;
    const orderId = await accept(plan);
    await becomes(allocationId, { state: 'ACCEPTED', orderId });
    const deliveryId = await deliver(plan, orderId, 4);
    await becomes(allocationId, { state: 'IN_DELIVERY', deliveredTotal: 4, startedOn: today });
    await deliver(plan, orderId, 3);
    await becomes(allocationId, { deliveredTotal: 7 });
    expect(await scenario.facts(allocationId)).toEqual([
      'allocation.created',
      'allocation.referred',
      'allocation.accepted',
      'allocation.started',
      'allocation.unit-delivered',
      'allocation.unit-delivered',
    ]);
    expect(await scenario.service.published('cases.allocation.unit-delivered.v1', allocationId)).toMatchObject({
      data: { planId, deliveryId, quantity: 4, deliveredTotal: 4 },
    });
    expect(await scenario.service.published('cases.plan.activated.v1', planId)).toMatchObject({
      data: { activatedOn: today },
    });
    expect((await scenario.facts(planId)).filter((fact) => fact === 'plan.activated')).toHaveLength(1);
  });

  it('does not count what was accepted in error, once that is taken back, and counts it again when it is accepted anew', async () => {
    const plan = await scenario.approvedPlan();
    const { allocationId, providerId, planId } = plan;
    const orderId = await accept(plan);
    const deliveryId = await deliver(plan, orderId, 4);
    await deliver(plan, orderId, 3);
    await becomes(allocationId, { deliveredTotal: 7 });
    const facts = { orderId, allocationId, providerId, deliveredOn: today, quantity: 4, unit: 'HOUR' } as const;
    const takenBack = event(deliveryAcceptanceWithdrawnV1, deliveryId, { ...facts, causeCode: 'RECORDED_IN_ERROR' });
    const repeated = uuidv7();
    await scenario.service.publish(takenBack, { sequence: 2, id: repeated });
    await becomes(allocationId, { state: 'IN_DELIVERY', deliveredTotal: 3 });
    expect(await scenario.service.published('cases.allocation.unit-withdrawn.v1', allocationId)).toMatchObject({
      data: { planId, deliveryId, quantity: 4, deliveredTotal: 3 },
    });
    await scenario.service.publish(takenBack, { sequence: 2, id: repeated });
    await scenario.service.publish(event(deliveryAcceptedV1, deliveryId, { ...facts, quantity: 2 }), { sequence: 3 });
    await becomes(allocationId, { deliveredTotal: 5 });
    const left = await scenario.service.sql<{ quantity: number }>(
      'select quantity from delivered_unit where delivery_id = $1',
      [deliveryId],
    );
    expect(left).toEqual([{ quantity: 2 }]);
  });

  it('is referred to another provider after a refusal, and a late answer of the first changes nothing', async () => {
    const plan = await scenario.approvedPlan();
    const { allocationId, offerId, providerId } = plan;
    await decline(plan);
    await becomes(allocationId, { state: 'DECLINED', declineReason: 'NO_CAPACITY' });
    const other = await scenario.capacity(offerId);
    const refer = (to: string, version?: number, as: object = coordinator) =>
      scenario.post(`/allocations/${allocationId}/referral`, as, { providerId: to }, version);
    expect(problemOf(await refer(other))).toEqual([428, 'version-required']);
    expect(problemOf(await refer(other, 2))).toEqual([412, 'stale-version']);
    expect(problemOf(await refer(other, 3, director))).toEqual([403, 'not-allowed']);
    expect(problemOf(await refer(other, 3, { ...coordinator, unit: 'north' }))).toEqual([404, 'not-found']);
    expect(problemOf(await refer(uuidv7(), 3))).toEqual([422, 'provider-not-offering']);
    await scenario.capacity(offerId, providerId);
    expect(problemOf(await refer(providerId, 3))).toEqual([422, 'provider-just-declined']);
    expect(await refer(other, 3)).toMatchObject({ status: 200, body: { version: 4 } });
    expect(problemOf(await refer(other, 4))).toEqual([409, 'wrong-state']);
    await accept(plan, 1);
    await settled();
    expect(await state(allocationId)).toMatchObject({
      state: 'REFERRED',
      attempt: 2,
      providerId: other,
      orderId: null,
    });
    const orderId = await accept({ ...plan, providerId: other }, 2);
    await becomes(allocationId, { state: 'ACCEPTED', orderId });
  });

  it('waits for the acceptance when a delivery overtakes it', async () => {
    const plan = await scenario.approvedPlan();
    const orderId = uuidv7();
    await deliver(plan, orderId, 2);
    await settled();
    await accept(plan, 1, orderId);
    await becomes(plan.allocationId, { state: 'IN_DELIVERY', deliveredTotal: 2 });
  }, 30_000);

  it('does not count what was delivered under another order', async () => {
    const plan = await scenario.approvedPlan();
    const orderId = await accept(plan);
    await becomes(plan.allocationId, { state: 'ACCEPTED', orderId });
    await deliver(plan, uuidv7(), 9);
    await settled();
    expect(await state(plan.allocationId)).toMatchObject({ state: 'ACCEPTED', deliveredTotal: 0 });
  });
});

describe('the end of a plan', () => {
  it('completes what is running, and what is delivered before it may still be counted', async () => {
    const plan = await scenario.approvedPlan();
    const orderId = await accept(plan);
    await deliver(plan, orderId, 1);
    await becomes(plan.allocationId, { state: 'IN_DELIVERY' });
    expect(await scenario.post(`/plans/${plan.planId}/end`, coordinator, { reason: 'PERIOD_OVER' }, 5)).toMatchObject({
      status: 200,
    });
    expect(await scenario.service.published('cases.allocation.completed.v1', plan.allocationId)).toMatchObject({
      data: { orderId, completedOn: today },
    });
    await deliver(plan, orderId, 2);
    await becomes(plan.allocationId, { state: 'COMPLETED', deliveredTotal: 3 });
  });

  it('takes back what nobody has answered, so that a late acceptance changes nothing, and refers nothing any more', async () => {
    const [asked, declined] = [await scenario.approvedPlan(), await scenario.approvedPlan()];
    await decline(declined);
    await becomes(declined.allocationId, { state: 'DECLINED' });
    for (const { planId } of [asked, declined]) {
      expect(await scenario.post(`/plans/${planId}/end`, coordinator, { reason: 'RESIGNATION' }, 4)).toMatchObject({
        status: 200,
      });
    }
    await accept(asked);
    await settled();
    await becomes(asked.allocationId, { state: 'RESIGNED', orderId: null, endedOn: today });
    expect((await scenario.facts(asked.allocationId)).slice(2)).toEqual(['allocation.resigned']);
    const other = await scenario.capacity(declined.offerId);
    const refer = scenario.post(
      `/allocations/${declined.allocationId}/referral`,
      coordinator,
      { providerId: other },
      4,
    );
    expect(problemOf(await refer)).toEqual([409, 'plan-not-in-force']);
  });

  it.each([
    ['DEATH', 'terminated', 'DEATH'],
    ['LEFT_GMINA', 'terminated', 'MOVED'],
    ['RESIGNATION', 'resigned', undefined],
    ['ITEMS_CLOSED', 'completed', undefined],
  ])('by %s leaves what was taken on %s', async (reason, fact, reasonCode) => {
    const plan = await scenario.approvedPlan();
    const orderId = await accept(plan);
    await becomes(plan.allocationId, { state: 'ACCEPTED' });
    await scenario.post(`/plans/${plan.planId}/end`, coordinator, { reason }, 4);
    const told = await scenario.service.published(`cases.allocation.${fact}.v1` as EventName, plan.allocationId);
    expect(told.data).toMatchObject({ planId: plan.planId, orderId, ...(reasonCode ? { reasonCode } : {}) });
  });

  it('keeps the used place used, and lets the person have another', async () => {
    const { planId, application, offerId } = await scenario.approvedPlan();
    const taken = () =>
      scenario.service.sql('select taken from programme_service s join offer o using (programme_id) where o.id = $1', [
        offerId,
      ]);
    expect(await taken()).toEqual([{ taken: 1 }]);
    await scenario.post(`/plans/${planId}/end`, coordinator, { reason: 'RESIGNATION' }, 4);
    expect(await taken()).toEqual([{ taken: 1 }]);
    await scenario.qualified(offerId, { personId: application.personId });
    expect(await taken()).toEqual([{ taken: 2 }]);
  });
});

describe('a replayed event', () => {
  it('changes nothing', async () => {
    const plan = await scenario.approvedPlan();
    const orderId = await accept(plan);
    await becomes(plan.allocationId, { state: 'ACCEPTED' });
    const deliveryId = uuidv7();
    const facts = {
      orderId,
      allocationId: plan.allocationId,
      providerId: plan.providerId,
      deliveredOn: today,
      quantity: 5,
      unit: 'HOUR',
    } as const;
    const fact = event(deliveryAcceptedV1, deliveryId, facts);
    const id = uuidv7();
    await scenario.service.publish(fact, { sequence: 1, id });
    await becomes(plan.allocationId, { deliveredTotal: 5 });
    const before = [
      await state(plan.allocationId),
      await scenario.facts(plan.allocationId),
      await scenario.facts(plan.planId),
    ];
    for (let n = 0; n < 3; n += 1) await scenario.service.publish(fact, { sequence: 1, id });
    await settled();
    expect([
      await state(plan.allocationId),
      await scenario.facts(plan.allocationId),
      await scenario.facts(plan.planId),
    ]).toEqual(before);
  });
});
