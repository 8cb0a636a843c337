import { addDays } from '@okienko/contracts/calendar';
import { event } from '@okienko/contracts/event';
import { serviceOrderAnswerTermMovedV1 } from '@okienko/contracts/providers/service-order-answer-term-moved.v1';
import { serviceOrderRequestAnsweredV1 } from '@okienko/contracts/providers/service-order-request-answered.v1';
import { serviceOrderRequestRaisedV1 } from '@okienko/contracts/providers/service-order-request-raised.v1';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { type Asked, coordinator, desk, director, type Json, problemOf, Scenario, today } from '../scenario';
import { clockFrom } from '../terms/clocks';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 120_000);
afterAll(() => scenario.stop());
jest.setTimeout(120_000);

interface Running extends Asked {
  readonly orderId: string;
  readonly planId: string;
  readonly personId: string;
}
type Raised = {
  readonly kind: 'QUESTION' | 'CHANGE' | 'END';
  readonly code: string;
  readonly quantity?: number;
  readonly to?: string;
};

const later = addDays(today, 9);
const orderOf = ({ allocationId, providerId, offerId }: Asked) => ({ allocationId, providerId, offerId, attempt: 1 });
const asks = async (order: Running, raised: Raised): Promise<string> => {
  const requestId = uuidv7();
  const request = { requestId, raisedBy: 'PROVIDER' as const, raisedOn: today, ...raised };
  await scenario.tell(event(serviceOrderRequestRaisedV1, order.orderId, { ...orderOf(order), ...request }));
  await scenario.known('select 1 from allocation where id = $1 and requests @> $2', [
    order.allocationId,
    JSON.stringify([{ id: requestId }]),
  ]);
  return requestId;
};
const answers = (order: Running, requestId: string, outcome: 'AGREED' | 'REFUSED'): Promise<void> => {
  const answer = { requestId, outcome, answeredBy: 'PROVIDER' as const, answeredOn: today };
  return scenario.tell(event(serviceOrderRequestAnsweredV1, order.orderId, { ...orderOf(order), ...answer }));
};
const referred = async (): Promise<Running> => {
  const plan = await scenario.approvedPlan();
  return { ...plan, orderId: uuidv7(), personId: plan.application.personId };
};
const underWay = async (units = 2): Promise<Running> => {
  const order = await referred();
  await scenario.accept(order, 1, order.orderId);
  await scenario.deliver(order, order.orderId, units);
  await scenario.allocationBecomes(order.allocationId, { state: 'IN_DELIVERY', deliveredTotal: units });
  return order;
};
const act = async ({ allocationId }: Asked, name: string, body: Json = {}, as: object = coordinator) => {
  const path = `/allocations/${allocationId}`;
  return scenario.twice(`${path}/${name}`, as, body, await scenario.version(path));
};
const clock = async ({ allocationId }: Asked): Promise<Json[]> =>
  scenario.service.sql(
    `select awaited, due_on::text as "dueOn", ending from deadline where subject_id = $1 and kind = 'PROVIDER_REQUEST'`,
    [allocationId],
  );
const factsOf = async ({ allocationId }: Asked): Promise<string[]> =>
  (await scenario.facts(allocationId)).map((fact) => fact.replace('allocation.', ''));

describe('"we answer by"', () => {
  it('moves the term of the referral, its clock and what is shown', async () => {
    const order = await referred();
    const moved = { ...orderOf(order), answerBy: later, reasonCode: 'PROVIDER_ASKS' };
    await scenario.tell(event(serviceOrderAnswerTermMovedV1, order.orderId, moved));
    await scenario.allocationBecomes(order.allocationId, { state: 'REFERRED', answerBy: later });
    const { data } = await scenario.service.published('cases.allocation.answer-term-moved.v1', order.allocationId);
    expect(data).toMatchObject({ planId: order.planId, attempt: 1, answerBy: later });
    const { body } = await scenario.get(`/allocations/${order.allocationId}/referrals`, coordinator);
    expect(body['items']).toMatchObject([{ answerBy: later, outcome: null }]);
    const running = `select due_on::text as "dueOn" from deadline where subject_id = $1 and kind = 'REFERRAL_ANSWER' and ended_at is null`;
    expect(await scenario.service.sql(running, [order.allocationId])).toEqual([{ dueOn: later }]);
  });

  it('that comes after the lapse, or for another attempt, moves nothing', async () => {
    const order = await referred();
    const next = await scenario.capacity(order.offerId);
    await scenario.service.sql('update allocation set answer_by = $2 where id = $1', [
      order.allocationId,
      addDays(today, -1),
    ]);
    await scenario.allocationBecomes(order.allocationId, { attempt: 2, providerId: next });
    const moved = { ...orderOf(order), answerBy: later, reasonCode: 'PROVIDER_ASKS' };
    await scenario.tell(event(serviceOrderAnswerTermMovedV1, order.orderId, moved));
    await scenario.capacity(uuidv7());
    await scenario.allocationBecomes(order.allocationId, { answerBy: clockFrom('REFERRAL_ANSWER', today).dueOn });
    expect(await factsOf(order)).toEqual(['created', 'referred', 'referral-lapsed', 'referred']);
  });
});

describe('a question of a provider', () => {
  it('is in the worklist of the coordinator until it is answered with a code, once under one key', async () => {
    const order = await referred();
    const requestId = await asks(order, { kind: 'QUESTION', code: 'WAY_IN' });
    const { dueOn } = clockFrom('PROVIDER_REQUEST', today);
    expect(await clock(order)).toEqual([{ awaited: 'CENTRE', dueOn, ending: null }]);
    const { body } = await scenario.get('/worklist?limit=200', coordinator);
    expect(body['items']).toContainEqual(
      expect.objectContaining({ kind: 'PROVIDER_REQUEST', subjectId: order.allocationId, personId: order.personId }),
    );
    const wrong = await act(order, `requests/${requestId}/agreement`);
    expect(problemOf(wrong)).toEqual([422, 'wrong-answer']);
    expect(await act(order, `requests/${requestId}/answer`, { answerCode: 'SEE_PACKET' })).toMatchObject({
      status: 200,
    });
    const { data } = await scenario.service.published('cases.allocation.request-answered.v1', order.allocationId);
    const answer = {
      requestId,
      outcome: 'ANSWERED',
      answeredBy: 'CENTRE',
      answeredOn: today,
      answerCode: 'SEE_PACKET',
    };
    const { planId, offerId, providerId } = order;
    expect(data).toEqual({ planId, offerId, providerId, attempt: 1, ...answer });
    expect(await clock(order)).toEqual([{ awaited: 'CENTRE', dueOn, ending: 'MET' }]);
    expect((await scenario.accesses(order.personId)).at(-1)).toMatchObject({ act: 'WRITE', groups: ['PLAN'] });
  });
});

describe('a change that a provider asks for', () => {
  it('holds once the coordinator agrees, and never before', async () => {
    const order = await underWay();
    const requestId = await asks(order, { kind: 'CHANGE', code: 'STAFF', quantity: 12, to: later });
    await scenario.allocationBecomes(order.allocationId, {
      quantity: 30,
      requests: [{ id: requestId, state: 'OPEN' }],
    });
    expect(await act(order, `requests/${requestId}/agreement`)).toMatchObject({ status: 200 });
    await scenario.allocationBecomes(order.allocationId, {
      ...{ state: 'IN_DELIVERY', quantity: 12, to: later },
      requests: [{ state: 'AGREED', answeredOn: today }],
    });
    const { data } = await scenario.service.published('cases.allocation.changed.v1', order.allocationId);
    expect(data).toMatchObject({ orderId: order.orderId, attempt: 1, from: today, to: later, quantity: 12 });
    expect((await factsOf(order)).slice(-3)).toEqual(['request-raised', 'request-answered', 'changed']);
  });

  it('is refused with a reason, and is not agreed to where more has been delivered since', async () => {
    const order = await underWay();
    const first = await asks(order, { kind: 'CHANGE', code: 'LESS_NEEDED', quantity: 3 });
    await scenario.deliver(order, order.orderId, 2);
    await scenario.allocationBecomes(order.allocationId, { deliveredTotal: 4 });
    expect(problemOf(await act(order, `requests/${first}/agreement`))).toEqual([422, 'beyond-the-grant']);
    expect(await act(order, `requests/${first}/refusal`, { reasonCode: 'NEEDED_AS_IS' })).toMatchObject({
      status: 200,
    });
    await scenario.allocationBecomes(order.allocationId, {
      quantity: 30,
      requests: [{ state: 'REFUSED', answerCode: 'NEEDED_AS_IS' }],
    });
  });

  it('answered by two coordinators at once is answered once', async () => {
    const order = await underWay();
    const requestId = await asks(order, { kind: 'CHANGE', code: 'STAFF', quantity: 12 });
    const path = `/allocations/${order.allocationId}`;
    const version = await scenario.version(path);
    const both = await Promise.all([
      scenario.post(`${path}/requests/${requestId}/agreement`, coordinator, {}, version),
      scenario.post(`${path}/requests/${requestId}/refusal`, director, { reasonCode: 'OTHER' }, version),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await factsOf(order)).filter((fact) => fact === 'request-answered')).toHaveLength(1);
  });

  it('heard twice, or under another order, is not asked again', async () => {
    const order = await underWay();
    const requestId = await asks(order, { kind: 'CHANGE', code: 'STAFF', quantity: 12 });
    const stranger = { ...order, orderId: uuidv7() };
    const repeated = {
      requestId,
      kind: 'CHANGE' as const,
      raisedBy: 'PROVIDER' as const,
      raisedOn: today,
      code: 'STAFF',
    };
    await scenario.tell(event(serviceOrderRequestRaisedV1, order.orderId, { ...orderOf(order), ...repeated }));
    const foreign = { ...repeated, requestId: uuidv7() };
    await scenario.tell(event(serviceOrderRequestRaisedV1, stranger.orderId, { ...orderOf(order), ...foreign }));
    await scenario.capacity(uuidv7());
    const { requests } = await scenario.allocationBecomes(order.allocationId, {});
    expect(requests).toMatchObject([{ id: requestId, terms: { quantity: 12 } }]);
  });
});

describe('an end that a provider asks for', () => {
  it('takes the service from the provider and nothing from the person: the rest waits for another', async () => {
    const order = await underWay(4);
    const requestId = await asks(order, { kind: 'END', code: 'NO_STAFF' });
    const { body } = await act(order, `requests/${requestId}/agreement`);
    const restId = body['restId'] as string;
    const { data } = await scenario.service.published('cases.allocation.terminated.v1', order.allocationId);
    expect(data).toMatchObject({ orderId: order.orderId, attempt: 1, reasonCode: 'PROVIDER_CHANGED' });
    await scenario.allocationBecomes(order.allocationId, { state: 'TERMINATED', requests: [{ state: 'AGREED' }] });
    const rest = await scenario.allocationBecomes(restId, { state: 'ALLOCATED', planId: order.planId });
    expect(rest).toMatchObject({ quantity: 26, from: addDays(today, 1), to: addDays(today, 90) });
    const next = await scenario.capacity(order.offerId);
    const again = await scenario.post(`/allocations/${restId}/referral`, coordinator, { providerId: next }, 1);
    expect(again).toMatchObject({ status: 200, body: { providerId: next } });
  });

  it('is overtaken when the service ends otherwise, and its clock with it', async () => {
    const order = await underWay();
    const requestId = await asks(order, { kind: 'END', code: 'PERSON_ASKS' });
    expect(await act(order, 'resignation', { resignedOn: today })).toMatchObject({ status: 200 });
    await scenario.allocationBecomes(order.allocationId, { state: 'RESIGNED', requests: [{ state: 'OVERTAKEN' }] });
    expect(await clock(order)).toMatchObject([{ ending: 'DROPPED' }]);
    expect(problemOf(await act(order, `requests/${requestId}/agreement`))).toEqual([409, 'wrong-state']);
  });
});

describe('what the centre asks of a provider', () => {
  it('is told, waits for the provider, and a change holds once that has agreed', async () => {
    const order = await underWay();
    const { body } = await act(order, 'change-request', {
      reasonCode: 'LESS_NEEDED',
      quantity: 10,
      scheduleCode: 'MORNINGS',
    });
    const requestId = body['requestId'] as string;
    const { data } = await scenario.service.published('cases.allocation.request-raised.v1', order.allocationId);
    expect(data).toMatchObject({
      requestId,
      kind: 'CHANGE',
      raisedBy: 'CENTRE',
      quantity: 10,
      scheduleCode: 'MORNINGS',
    });
    expect(await clock(order)).toMatchObject([{ awaited: 'PROVIDER', ending: null }]);
    expect(problemOf(await act(order, `requests/${requestId}/agreement`))).toEqual([409, 'own-request']);
    expect(problemOf(await act(order, 'change-request', { reasonCode: 'LESS_NEEDED', quantity: 9 }))).toEqual([
      409,
      'request-open',
    ]);
    await answers(order, requestId, 'AGREED');
    await scenario.allocationBecomes(order.allocationId, { quantity: 10, requests: [{ state: 'AGREED' }] });
    const changed = await scenario.service.published('cases.allocation.changed.v1', order.allocationId);
    expect(changed.data).toMatchObject({ quantity: 10, scheduleCode: 'MORNINGS' });
    await answers(order, requestId, 'AGREED');
    await scenario.capacity(uuidv7());
    expect((await factsOf(order)).filter((fact) => fact === 'changed')).toHaveLength(1);
  });

  it('is an end only once the provider has agreed', async () => {
    const order = await underWay();
    const { body } = await act(order, 'end-request', { reasonCode: 'COOPERATION' });
    const requestId = body['requestId'] as string;
    await answers(order, requestId, 'REFUSED');
    await scenario.allocationBecomes(order.allocationId, { state: 'IN_DELIVERY', requests: [{ state: 'REFUSED' }] });
    const again = await act(order, 'end-request', { reasonCode: 'COOPERATION' });
    await answers(order, again.body['requestId'] as string, 'AGREED');
    await scenario.allocationBecomes(order.allocationId, { state: 'TERMINATED', endReason: 'PROVIDER_CHANGED' });
  });

  it('presses the centre less than what a provider asks meanwhile', async () => {
    const order = await underWay();
    await act(order, 'end-request', { reasonCode: 'COOPERATION' });
    const question = await asks(order, { kind: 'QUESTION', code: 'CALL_ME' });
    expect(await clock(order)).toMatchObject([{ awaited: 'CENTRE', ending: null }]);
    await act(order, `requests/${question}/answer`, { answerCode: 'WE_CALL' });
    expect(await clock(order)).toMatchObject([{ awaited: 'PROVIDER', ending: null }]);
  });

  it('stays within the grant, and is for case work of the unit', async () => {
    const order = await underWay();
    const post = async (body: Json, as: object = coordinator) =>
      problemOf(
        await scenario.post(
          `/allocations/${order.allocationId}/change-request`,
          as,
          body,
          await scenario.version(`/allocations/${order.allocationId}`),
        ),
      );
    expect(await post({ reasonCode: 'STAFF', quantity: 31 })).toEqual([422, 'beyond-the-grant']);
    expect(await post({ reasonCode: 'STAFF', from: addDays(today, 1) })).toEqual([422, 'beyond-the-grant']);
    expect(await post({ reasonCode: 'STAFF' })).toEqual([422, 'nothing-asked']);
    expect(await post({ reasonCode: 'STAFF', quantity: 9 }, desk)).toEqual([403, 'not-allowed']);
    expect(await post({ reasonCode: 'STAFF', quantity: 9 }, { ...coordinator, unit: 'south' })).toEqual([
      404,
      'not-found',
    ]);
    expect(await post({ reasonCode: 'STAFF', quantity: 9 }, { ...coordinator, providerId: order.providerId })).toEqual([
      403,
      'reserved-for-centre',
    ]);
    const waiting = await referred();
    expect(problemOf(await act(waiting, 'end-request', { reasonCode: 'COOPERATION' }))).toEqual([409, 'wrong-state']);
  });
});

it('a service that has ended has no open request and no clock, and ended once, whatever crosses', async () => {
  const names = ['agree', 'refuse', 'end-agreed', 'resign', 'question'] as const;
  const crossing = fc.asyncProperty(fc.shuffledSubarray([...names], { minLength: 3 }), async (crossed) => {
    const order = await underWay();
    const path = `/allocations/${order.allocationId}`;
    const change = await asks(order, { kind: 'CHANGE', code: 'STAFF', quantity: 12 });
    const { body } = await act(order, 'end-request', { reasonCode: 'COOPERATION' });
    const post = async (name: string, more: Json = {}): Promise<void> => {
      const { status } = await scenario.post(`${path}/${name}`, coordinator, more, await scenario.version(path));
      expect([200, 409, 412]).toContain(status);
    };
    const question = {
      requestId: uuidv7(),
      kind: 'QUESTION',
      raisedBy: 'PROVIDER',
      raisedOn: today,
      code: 'CALL_ME',
    } as const;
    const does: Record<(typeof names)[number], () => Promise<void>> = {
      agree: () => post(`requests/${change}/agreement`),
      refuse: () => post(`requests/${change}/refusal`, { reasonCode: 'OTHER' }),
      'end-agreed': () => answers(order, body['requestId'] as string, 'AGREED'),
      resign: () => post('resignation', { resignedOn: today }),
      question: () =>
        scenario.tell(event(serviceOrderRequestRaisedV1, order.orderId, { ...orderOf(order), ...question })),
    };
    await Promise.all(crossed.map((name) => does[name]()));
    // An event of another aggregate has had its effect, so those before it have.
    await scenario.capacity(uuidv7());
    const { body: now } = await scenario.get(path, coordinator);
    const facts = await factsOf(order);
    const ends = facts.filter((fact) => fact === 'resigned' || fact === 'terminated');
    const isOver = now['state'] !== 'IN_DELIVERY';
    expect([now['version'], ends.length]).toEqual([facts.length, isOver ? 1 : 0]);
    if (crossed.includes('end-agreed')) expect(isOver).toBe(true);
    const open = (now['requests'] as { state: string }[]).filter(({ state }) => state === 'OPEN');
    if (isOver) expect(open).toEqual([]);
    const running = (await clock(order)).filter(({ ending }) => ending === null);
    expect(running).toHaveLength(open.length > 0 ? 1 : 0);
    expect(now['quantity']).toBe(facts.includes('changed') ? 12 : 30);
    const raised = facts.filter((fact) => fact === 'request-raised').length;
    expect(now['requests']).toHaveLength(raised);
  });
  await fc.assert(crossing, { numRuns: 8, endOnFailure: true });
});
