import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '@okienko/chassis/access';
import { addDays } from '@okienko/contracts/calendar';
import { type Answer, type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { account, coordinator, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ServiceOrderView } from './service-orders.dto';

jest.setTimeout(120_000);

let now: Date;
let service: ServiceUnderTest;
let scenario: Scenario;
beforeEach(() => (now = new Date()));
beforeAll(async () => {
  now = new Date();
  const key = { ANSWER_TOKEN_KEY: randomBytes(32).toString('base64') };
  service = await startForTest(providersService, key, { now: () => now });
  scenario = new Scenario(service);
}, 120_000);
afterAll(() => service.stop());

type Order = ServiceOrderView;
const answerBy = addDays(today, 5);
const problemOf = ({ status, body }: Answer): string => `${status} ${String(body['type']).split('/').at(-1)}`;
const referred = async (): Promise<Order> => scenario.refer(await scenario.places(1), { answerBy });
const post = ({ id }: Order, name: string, call: Call): Promise<Answer> =>
  service.http('POST', `/service-orders/${id}/${name}`, call);
const issue = async (order: Order, ifMatch = 1): Promise<string> => {
  const answer = await post(order, 'answer-token', { as: coordinator, ifMatch });
  expect(answer).toMatchObject({ status: 200, body: { version: ifMatch + 1 } });
  return answer.body['token'] as string;
};
const holding = (token: string, ifMatch?: number, more: Call = {}): Call => ({
  headers: { 'Okienko-Answer-Token': token },
  ...(ifMatch === undefined ? {} : { ifMatch }),
  ...more,
});
const see = ({ id }: Order, token: string): Promise<Answer> =>
  service.http('GET', `/service-orders/${id}/answer`, holding(token));

describe('whoever holds the token of an order', () => {
  it('reads it, accepts it once, and is told what a provider with an account is told', async () => {
    const order = await referred();
    const key = randomUUID();
    const issued = await post(order, 'answer-token', { as: coordinator, ifMatch: 1, key });
    expect(await post(order, 'answer-token', { as: coordinator, ifMatch: 1, key })).toMatchObject({
      body: issued.body,
    });
    const token = issued.body['token'] as string;
    const { data } = await service.published('providers.service-order.answer-token-issued.v1', order.id);
    expect(data).toMatchObject({ expiresAt: issued.body['expiresAt'] });
    const stored = await service.sql('select row(o.*)::text as text from service_order o where id = $1', [order.id]);
    expect(JSON.stringify([stored, data])).not.toContain(token.split('.')[2]);
    expect(await see(order, token)).toMatchObject({
      status: 200,
      body: { id: order.id, state: 'RECEIVED', version: 2 },
    });
    const accept = holding(token, 2, { key: randomUUID() });
    expect(await post(order, 'answer/acceptance', accept)).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await post(order, 'answer/acceptance', accept)).toMatchObject({ status: 200, body: { version: 3 } });
    expect(problemOf(await post(order, 'answer/acceptance', holding(token, 3)))).toBe('409 answer-token-spent');
    const decline = holding(token, 3, { body: { reasonCode: 'OTHER' } });
    expect(problemOf(await post(order, 'answer/declination', decline))).toBe('409 wrong-state');
    expect(await see(order, token)).toMatchObject({ body: { state: 'ACCEPTED' } });
    await service.published('providers.service-order.accepted.v1', order.id);
  });

  it('declines it, with the same reasons', async () => {
    const order = await referred();
    const token = await issue(order);
    const decline = (reasonCode: string) =>
      post(order, 'answer/declination', holding(token, 2, { body: { reasonCode } }));
    expect(problemOf(await decline('UNKNOWN_PROVIDER'))).toBe('400 invalid-request');
    expect(await decline('CONDITIONS_UNMET')).toMatchObject({ status: 200 });
    const { data } = await service.published('providers.service-order.declined.v1', order.id);
    expect(data).toMatchObject({ reasonCode: 'CONDITIONS_UNMET' });
  });

  it('can do so until the last day for the answer is over, and no longer than the centre wants', async () => {
    const order = await referred();
    const first = await issue(order);
    const second = await issue(order, 2);
    expect(problemOf(await post(order, 'answer/acceptance', holding(first, 3)))).toBe('409 answer-token-spent');
    expect(problemOf(await see(order, first))).toBe('404 not-found');
    now = new Date(`${addDays(answerBy, 1)}T12:00:00Z`);
    expect(problemOf(await see(order, second))).toBe('404 not-found');
    expect(problemOf(await post(order, 'answer/acceptance', holding(second, 3)))).toBe('404 not-found');
    now = new Date();
    const key = randomUUID();
    const revoke = () => post(order, 'answer-token/revocation', { as: coordinator, ifMatch: 3, key });
    expect(await revoke()).toMatchObject({ status: 200, body: { version: 4 } });
    expect(await revoke()).toMatchObject({ status: 200, body: { version: 4 } });
    expect(problemOf(await post(order, 'answer/acceptance', holding(second, 4)))).toBe('409 answer-token-spent');
    expect(problemOf(await see(order, second))).toBe('404 not-found');
  });

  it('sent ten times at once, accepts once', async () => {
    const { capacityId, ...place } = await scenario.places(3);
    const order = await scenario.refer(place, { answerBy });
    const token = await issue(order);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(order, 'answer/acceptance', holding(token, 2))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await scenario.free(capacityId)).toBe(2);
  });
});

/** Every route that the service has, those for tokens aside. */
const routes = Object.entries(
  (JSON.parse(readFileSync(join(__dirname, '..', '..', 'openapi.json'), 'utf8')) as { paths: Record<string, object> })
    .paths,
).flatMap(([path, operations]) => Object.keys(operations).map((method) => [method.toUpperCase(), path] as const));
const isOpen = (path: string): boolean => /^\/(health|metrics|problems)/.test(path);
const closed = routes.filter(([, path]) => !isOpen(path) && !path.includes('/answer/') && !path.endsWith('/answer'));

describe('a token', () => {
  it('opens no other route and no other order, however it is sent', async () => {
    const [order, other] = [await referred(), await referred()];
    const token = await issue(order);
    const bearer = { Authorization: `Bearer ${token}` };
    const own = { 'Okienko-Answer-Token': token };
    const send = (method: string, path: string, headers: Record<string, string>): Promise<Answer> =>
      service.http(method, path, { headers, ifMatch: 2, ...(method === 'POST' ? { body: {} } : {}) });
    const anywhere = fc.constantFrom(...closed);
    await fc.assert(
      fc.asyncProperty(
        anywhere,
        fc.constantFrom(order.id, other.id),
        fc.boolean(),
        async ([method, path], id, asBearer) => {
          const { status } = await send(method, path.replaceAll(/\{\w+\}/g, id), asBearer ? bearer : own);
          expect(status).toBe(401);
        },
      ),
      { numRuns: 60 },
    );
    for (const [method, name, body] of [
      ['GET', 'answer'],
      ['POST', 'answer/acceptance', {}],
      ['POST', 'answer/declination', { reasonCode: 'OTHER' }],
    ] as const) {
      const call = { ifMatch: 1, ...(body ? { body } : {}) };
      const reach = (id: string, headers: Record<string, string>): Promise<Answer> =>
        service.http(method, `/service-orders/${id}/${name}`, { ...call, headers });
      expect(problemOf(await reach(other.id, own))).toBe('404 not-found');
      expect(problemOf(await reach(order.id, {}))).toBe('404 not-found');
      expect((await reach(order.id, bearer)).status).toBe(401);
    }
    expect(await scenario.orderOf(other.allocationId)).toMatchObject({ state: 'RECEIVED', version: 1 });
  });

  it.each(['answer-token', 'answer-token/revocation'])('%s is for case work alone', async (name) => {
    const order = await referred();
    const may = ['coordinator', 'services-organiser', 'director'];
    for (const role of roles) {
      const answer = await post(order, name, { as: { sub: `only-${role}`, roles: [role] }, ifMatch: 9 });
      expect([role, problemOf(answer)]).toEqual([role, may.includes(role) ? '412 stale-version' : '403 not-allowed']);
    }
    expect(problemOf(await post(order, name, { as: account(order.providerId), ifMatch: 1 }))).toBe('403 not-allowed');
  });
});
