import { randomUUID } from 'node:crypto';
import { addDays } from '@okienko/contracts/calendar';
import { allocationChangedV1 } from '@okienko/contracts/cases/allocation-changed.v1';
import { allocationReferralLapsedV1 } from '@okienko/contracts/cases/allocation-referral-lapsed.v1';
import { allocationRequestAnsweredV1 } from '@okienko/contracts/cases/allocation-request-answered.v1';
import { allocationRequestRaisedV1 } from '@okienko/contracts/cases/allocation-request-raised.v1';
import { allocationTerminatedV1 } from '@okienko/contracts/cases/allocation-terminated.v1';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from './service-orders.dto';

jest.setTimeout(120_000);

let day = today;
let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService, {}, { now: () => new Date(`${day}T12:00:00Z`) });
  scenario = new Scenario(service);
}, 120_000);
afterEach(() => (day = today));
afterAll(() => service.stop());

type Order = ServiceOrderView;
const answerBy = addDays(today, 5);
const personId = uuidv7();
const unknown = '0197a000-0000-7000-8000-000000000099';

const act = ({ id, providerId, version }: Order, name: string, body?: object, more: object = {}): Promise<Answer> =>
  service.http('POST', `/service-orders/${id}/${name}`, {
    as: account(providerId),
    ifMatch: version,
    ...(body ? { body } : {}),
    ...more,
  });
const twice = async (order: Order, name: string, body?: object): Promise<Answer> => {
  const key = randomUUID();
  const first = await act(order, name, body, { key });
  expect(first).toMatchObject({ status: 200, body: { version: order.version + 1 } });
  expect((await act(order, name, body, { key })).body).toEqual(first.body);
  return first;
};
const problemOf = ({ status, body }: Answer): string => `${status} ${String(body['type']).split('/').at(-1)}`;
const read = async ({ id, providerId }: Order): Promise<Order> =>
  (await service.http<Order>('GET', `/service-orders/${id}`, { as: account(providerId) })).body;
const becomes = (order: Order, expected: object): Promise<Order> =>
  service.eventually(async () => {
    const view = await read(order);
    expect(view).toMatchObject(expected);
    return view;
  });
const told = async (id: string): Promise<string[]> => {
  const sql = `select event::jsonb ->> 'type' as name from outbox where aggregate_id = $1 order by sequence`;
  return (await service.sql<{ name: string }>(sql, [id])).map(({ name }) => name.split('.').at(-2) ?? '');
};
const referred = async (): Promise<Order> => scenario.refer(await scenario.places(1), { answerBy });
const accepted = async (): Promise<Order> => scenario.acceptedOrder(await scenario.places(1), { answerBy });
const answers = (order: Order, requestId: string, outcome: string, answerCode?: string): Promise<void> => {
  const answer = { requestId, outcome, answeredBy: 'CENTRE', answeredOn: today };
  return scenario.say(allocationRequestAnsweredV1, order, {
    planId: uuidv7(),
    ...answer,
    ...(answerCode ? { answerCode } : {}),
  });
};
const asks = async (order: Order, kind: 'CHANGE' | 'END', terms: object = {}): Promise<string> => {
  const requestId = uuidv7();
  const request = { requestId, kind, raisedBy: 'CENTRE', raisedOn: today, code: 'OTHER', ...terms };
  await scenario.say(allocationRequestRaisedV1, order, { planId: uuidv7(), ...request });
  await becomes(order, { requests: [{ id: requestId, state: 'OPEN' }] });
  return requestId;
};

describe('"we answer by"', () => {
  it('moves the term within what the centre allows, once under one key, and says so', async () => {
    const order = await referred();
    const later = addDays(answerBy, 3);
    await twice(order, 'answer-term', { answerBy: later });
    const { data } = await service.published('providers.service-order.answer-term-moved.v1', order.id);
    expect(data).toMatchObject({ allocationId: order.allocationId, attempt: 1, answerBy: later });
    expect(await told(order.id)).toEqual(['received', 'answer-term-moved']);
    const now = await read(order);
    expect(now).toMatchObject({ answerBy: later, version: 2 });
    expect(problemOf(await act(now, 'answer-term', { answerBy: addDays(answerBy, 8) }))).toBe('422 answer-term-wrong');
    day = addDays(later, 1);
    expect(problemOf(await act(now, 'answer-term', { answerBy: addDays(answerBy, 7) }))).toBe('422 answer-term-wrong');
    expect(await scenario.accept(now)).toMatchObject({ status: 200 });
    expect(problemOf(await act({ ...now, version: 3 }, 'answer-term', { answerBy: later }))).toBe('409 wrong-state');
  });

  it('acceptance and lapse at one moment leave one outcome, and the place of a lapsed order is free', async () => {
    const acts = {
      later: (order: Order) => act(order, 'answer-term', { answerBy: addDays(answerBy, 2) }),
      accept: (order: Order) => scenario.accept(order),
      lapse: (order: Order) => scenario.say(allocationReferralLapsedV1, order, { lapsedOn: today }),
    };
    const crossing = fc.asyncProperty(fc.shuffledSubarray(['later', 'accept', 'lapse'] as const), async (names) => {
      const { capacityId, ...place } = await scenario.places(1);
      const order = await scenario.refer(place, { answerBy });
      await Promise.all(names.map((name) => acts[name](order)));
      if (names.includes('lapse')) await becomes(order, { state: 'CANCELLED' });
      const { state } = await read(order);
      expect(await scenario.free(capacityId)).toBe(state === 'ACCEPTED' ? 0 : 1);
      const facts = await told(order.id);
      expect(new Set(facts).size).toBe(facts.length);
    });
    await fc.assert(crossing, { numRuns: 6 });
  });
});

describe('a reminder', () => {
  it('comes once before the last day, from one of two replicas, and again when the answer was put off', async () => {
    const [near, far] = [
      await referred(),
      await scenario.refer(await scenario.places(1), { answerBy: addDays(today, 9) }),
    ];
    const other = await service.replica();
    day = addDays(answerBy, -1);
    const { data } = await service.published('providers.service-order.reminded.v1', near.id);
    expect(data).toMatchObject({ allocationId: near.allocationId, answerBy });
    expect(await act({ ...near, version: 2 }, 'answer-term', { answerBy: addDays(answerBy, 2) })).toMatchObject({
      status: 200,
    });
    day = addDays(answerBy, 1);
    await service.eventually(async () =>
      expect(await told(near.id)).toEqual(['received', 'reminded', 'answer-term-moved', 'reminded']),
    );
    await other.stop();
    expect(await told(far.id)).toEqual(['received']);
  });
});

describe('a question', () => {
  it('may be asked before the answer, once under one key, and is answered by the centre', async () => {
    const order = await referred();
    const { body } = await twice(order, 'questions', { questionCode: 'WAY_IN' });
    const requestId = body['requestId'] as string;
    const { data } = await service.published('providers.service-order.request-raised.v1', order.id);
    const { allocationId, providerId, offerId } = order;
    expect(data).toEqual({
      ...{ allocationId, providerId, offerId, attempt: 1, requestId },
      ...{ kind: 'QUESTION', raisedBy: 'PROVIDER', raisedOn: today, code: 'WAY_IN' },
    });
    const again = await read(order);
    expect(problemOf(await act(again, 'questions', { questionCode: 'LANGUAGE' }))).toBe('409 request-open');
    expect(problemOf(await act(again, `requests/${requestId}/agreement`))).toMatch(/^409 own-request|422 wrong-answer/);
    await answers(order, requestId, 'ANSWERED', 'SEE_PACKET');
    const { requests } = await becomes(order, { requests: [{ state: 'ANSWERED', answerCode: 'SEE_PACKET' }] });
    expect(requests).toHaveLength(1);
    await answers(order, requestId, 'ANSWERED', 'NO');
    await scenario.publishOffer();
    expect((await read(order)).requests).toEqual(requests);
    expect(await told(order.id)).toEqual(['received', 'request-raised', 'request-answered']);
  });
});

describe('a change', () => {
  it('asked for by the provider, twice at once, is one request; it holds when the centre says so', async () => {
    const order = { ...(await accepted()), version: 2 };
    await scenario.record(order, 2);
    const now = await read(order);
    const body = { reasonCode: 'STAFF', quantity: 6, scheduleCode: 'MORNINGS' };
    const both = await Promise.all([act(now, 'change-request', body), act(now, 'change-request', body)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const requestId = both.find(({ status }) => status === 200)?.body['requestId'] as string;
    const asked = await read(order);
    expect(problemOf(await act(asked, 'change-request', body))).toBe('409 request-open');
    expect(asked).toMatchObject({ quantity: 10, requests: [{ id: requestId, terms: { quantity: 6 }, state: 'OPEN' }] });
    await answers(order, requestId, 'AGREED');
    const changed = {
      planId: uuidv7(),
      orderId: order.id,
      from: asked.from,
      to: asked.to,
      quantity: 6,
      scheduleCode: 'MORNINGS',
    };
    await scenario.say(allocationChangedV1, order, changed);
    await becomes(order, { quantity: 6, scheduleCode: 'MORNINGS', requests: [{ state: 'AGREED' }] });
    expect(problemOf(await scenario.record(order, 5))).toBe('422 more-than-ordered');
    expect(await scenario.record(order, 4)).toMatchObject({ status: 201 });
    expect((await service.published('providers.service-order.changed.v1', order.id)).data).toMatchObject({
      quantity: 6,
    });
  });

  it('to an earlier end frees the place on the other days', async () => {
    const order = await accepted();
    const places = () =>
      service.sql<{ first: string; last: string }>(
        `select first_day::text as first, last_day::text as last from capacity_reservation where order_id = $1`,
        [order.id],
      );
    const { from, to } = await read(order);
    expect(await places()).toEqual([{ first: from, last: to }]);
    const earlier = addDays(from, 3);
    const changed = { planId: uuidv7(), orderId: order.id, from, to: earlier, quantity: 4 };
    await scenario.say(allocationChangedV1, order, changed);
    await becomes(order, { to: earlier, quantity: 4 });
    expect(await places()).toEqual([{ first: from, last: earlier }]);
  });

  it('stays within the order, says what changes, and waits for an order under way', async () => {
    const order = await accepted();
    await scenario.record(order, 2);
    const now = await read(order);
    const wrong: [object, string][] = [
      [{ reasonCode: 'STAFF' }, '422 nothing-asked'],
      [{ reasonCode: 'STAFF', quantity: 11 }, '422 beyond-the-grant'],
      [{ reasonCode: 'STAFF', quantity: 1 }, '422 beyond-the-grant'],
      [{ reasonCode: 'STAFF', to: addDays(now.to, 1) }, '422 beyond-the-grant'],
      [{ reasonCode: 'ILLNESS', quantity: 3 }, '400 invalid-request'],
      [{ reasonCode: 'STAFF', words: 'pani jest chora' }, '400 invalid-request'],
    ];
    for (const [body, problem] of wrong) expect(problemOf(await act(now, 'change-request', body))).toBe(problem);
    expect(problemOf(await act(await referred(), 'change-request', { reasonCode: 'STAFF', quantity: 3 }))).toBe(
      '409 wrong-state',
    );
    expect(await read(order)).toEqual(now);
  });

  it('asked for by the centre is agreed or refused by the provider, once under one key', async () => {
    const order = await accepted();
    const requestId = await asks(order, 'CHANGE', { to: addDays(today, 5) });
    const now = await read(order);
    await twice(now, `requests/${requestId}/refusal`, { reasonCode: 'NO_STAFF' });
    const answered = await service.eventually(() => {
      const found = service
        .events('providers.service-order.request-answered.v1')
        .find(({ subject }) => subject === order.id);
      expect(found).toBeDefined();
      return found;
    });
    expect(answered?.data).toMatchObject({
      requestId,
      outcome: 'REFUSED',
      answeredBy: 'PROVIDER',
      answerCode: 'NO_STAFF',
    });
    expect(problemOf(await act(await read(order), `requests/${requestId}/agreement`))).toBe('409 wrong-state');
    expect(problemOf(await act(await read(order), `requests/${uuidv7()}/agreement`))).toBe('404 not-found');
  });
});

describe('an end', () => {
  it('agreed to ends nothing before the centre says so; then the place is free and what is open is overtaken', async () => {
    const { capacityId, ...place } = await scenario.places(1);
    const order = await scenario.acceptedOrder(place);
    const requestId = await asks(order, 'END');
    const listed = async (side: string): Promise<string[]> => {
      const path = `/service-orders?awaiting=${side}`;
      const { body } = await service.http<{ items: Order[] }>('GET', path, { as: account(order.providerId) });
      return body.items.map(({ id }) => id);
    };
    expect([await listed('PROVIDER'), await listed('CENTRE')]).toEqual([[order.id], []]);
    expect(await act(await read(order), 'questions', { questionCode: 'CALL_ME' })).toMatchObject({ status: 200 });
    await twice(await read(order), `requests/${requestId}/agreement`);
    expect([await listed('PROVIDER'), await listed('CENTRE')]).toEqual([[], [order.id]]);
    expect(await read(order)).toMatchObject({ state: 'ACCEPTED' });
    expect(await scenario.free(capacityId)).toBe(0);
    await scenario.say(allocationTerminatedV1, order, {
      personId,
      terminatedOn: today,
      reasonCode: 'PROVIDER_CHANGED',
    });
    await becomes(order, { state: 'CANCELLED', requests: [{ state: 'AGREED' }, { state: 'OVERTAKEN' }] });
    expect(await scenario.free(capacityId)).toBe(1);
    expect(await listed('CENTRE')).toEqual([]);
  });
});

it.each([
  ['answer-term', { answerBy }],
  ['questions', { questionCode: 'WAY_IN' }],
  ['change-request', { reasonCode: 'STAFF', quantity: 3 }],
  ['end-request', { reasonCode: 'NO_STAFF' }],
  [`requests/${unknown}/agreement`, undefined],
  [`requests/${unknown}/refusal`, { reasonCode: 'OTHER' }],
])('%s is for the provider of the order alone', async (name, body) => {
  const order = await referred();
  const stranger = account(await scenario.registerProvider());
  const outcome = async (more: object): Promise<string> => problemOf(await act(order, name, body, more));
  expect(await outcome({ as: stranger })).toBe('404 not-found');
  expect(await outcome({ as: coordinator })).toBe('403 not-allowed');
  expect(await outcome({ as: undefined })).toBe('401 not-authenticated');
  expect(await outcome({ ifMatch: undefined })).toBe('428 version-required');
  expect(await outcome({ ifMatch: 7 })).toBe('412 stale-version');
});
