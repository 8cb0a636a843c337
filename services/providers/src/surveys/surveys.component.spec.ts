import { randomBytes, randomUUID } from 'node:crypto';
import { type Role, roles } from '@okienko/chassis/access';
import { addDays } from '@okienko/contracts/calendar';
import { type Answer, type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { account, coordinator, Scenario, today } from '../scenario';
import { providersService } from '../service';
import { questionEditionOn } from '../terms/survey-questions';
import type { SurveySummary } from './surveys.dto';

jest.setTimeout(120_000);

let now = new Date();
let service: ServiceUnderTest;
let scenario: Scenario;
beforeEach(() => (now = new Date()));
beforeAll(async () => {
  const key = { ANSWER_TOKEN_KEY: randomBytes(32).toString('base64') };
  service = await startForTest(providersService, key, { now: () => now });
  scenario = new Scenario(service);
}, 120_000);
afterAll(() => service.stop());

const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const problemOf = ({ status, body }: Answer): string => `${status} ${String(body['type']).split('/').at(-1)}`;
const { questions } = questionEditionOn(today);
const answers = questions.map(({ code, kind }) => ({ question: code, score: kind === 'SCALE' ? 4 : 1 }));
const post = (id: string, name: string, call: Call): Promise<Answer> =>
  service.http('POST', `/surveys/${id}/${name}`, { ifMatch: 1, ...call });
const see = (id: string): Promise<Answer> => service.http('GET', `/surveys/${id}`, { as: desk });
const told = (id: string): Promise<string[]> => scenario.facts(id);
const said = (providerId: string) =>
  service.sql<object>('select * from survey_answer where provider_id = $1', [providerId]);

async function opened(): Promise<SurveySummary> {
  const order = await scenario.acceptedOrder(await scenario.places(1));
  await scenario.complete(order);
  const path = `/surveys?orderId=${order.id}`;
  const { body } = await service.http<{ items: SurveySummary[] }>('GET', path, { as: coordinator });
  expect(body.items).toHaveLength(1);
  return body.items[0] as SurveySummary;
}

describe('when an order is complete', () => {
  it('its recipient is asked, once, and nothing of it names anybody', async () => {
    const survey = await opened();
    const { id, orderId, allocationId, providerId, offerId } = survey;
    const answerBy = addDays(today, 30);
    expect(survey).toEqual({
      id,
      version: 1,
      orderId,
      allocationId,
      providerId,
      offerId,
      cause: 'COMPLETED',
      answerBy,
      state: 'OPEN',
      channel: null,
    });
    expect(await see(id)).toMatchObject({ body: { ...survey, questions: [...questions] } });
    const { data } = await service.published('providers.survey.opened.v1', id);
    expect(data).toEqual({ orderId, allocationId, providerId, offerId, cause: 'COMPLETED', answerBy });
  });
});

describe('staff at the desk', () => {
  it('record what the recipient says, once, and it is kept apart from who was asked', async () => {
    const { id, providerId, offerId } = await opened();
    const record = { as: desk, key: randomUUID(), body: { channel: 'PHONE', answers } };
    expect(await post(id, 'answers', record)).toMatchObject({ status: 200, body: { id, version: 2 } });
    expect(await post(id, 'answers', record)).toMatchObject({ status: 200, body: { id, version: 2 } });
    expect(problemOf(await post(id, 'answers', { ...record, key: randomUUID(), ifMatch: 2 }))).toBe('409 wrong-state');
    expect(await told(id)).toEqual(['opened', 'answered']);
    const { data } = await service.published('providers.survey.answered.v1', id);
    expect(data).toEqual({ providerId, offerId, channel: 'PHONE' });
    const rows = await said(providerId);
    expect(rows).toHaveLength(1);
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual([
      'edition',
      'id',
      'offer_id',
      'provider_id',
      'quarter',
      'scores',
    ]);
    expect(JSON.stringify((await see(id)).body)).not.toContain('score');
  });

  it('are told what is wrong with the answers, and nothing changes', async () => {
    const { id, providerId } = await opened();
    const body = { channel: 'DESK', answers: answers.slice(1) };
    const refused = await post(id, 'answers', { as: desk, body });
    expect(problemOf(refused)).toBe('422 survey-answers-wrong');
    expect(refused.body['errors']).toEqual([{ pointer: '/answers', detail: 'ON_TIME is not answered' }]);
    expect(problemOf(await post(id, 'answers', { as: desk, body: { ...body, channel: 'TOKEN' } }))).toBe(
      '400 invalid-request',
    );
    expect(problemOf(await post(id, 'answers', { as: desk, ifMatch: 7, body: { channel: 'DESK', answers } }))).toBe(
      '412 stale-version',
    );
    expect(await told(id)).toEqual(['opened']);
    expect(await said(providerId)).toEqual([]);
  });

  it('note in one call that the recipient does not want to', async () => {
    const { id } = await opened();
    const decline = { as: desk, key: randomUUID(), body: { channel: 'DESK' } };
    expect(await post(id, 'declination', decline)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await post(id, 'declination', decline)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await told(id)).toEqual(['opened', 'declined']);
    expect((await see(id)).body).toMatchObject({ state: 'DECLINED', channel: 'DESK' });
  });
});

describe('the recipient with a token', () => {
  const issue = async (id: string, ifMatch = 1): Promise<string> => {
    const answer = await post(id, 'answer-token', { as: desk, ifMatch });
    expect(answer).toMatchObject({ status: 200, body: { version: ifMatch + 1 } });
    return answer.body['token'] as string;
  };
  const holding = (token: string, more: Call = {}): Call => ({
    headers: { 'Okienko-Answer-Token': token },
    ifMatch: 2,
    ...more,
  });
  const read = (id: string, token: string): Promise<Answer> =>
    service.http('GET', `/surveys/${id}/answer`, holding(token));

  it('reads the questions and answers once, without an account', async () => {
    const { id, offerId, answerBy, providerId } = await opened();
    const key = randomUUID();
    const { body } = await post(id, 'answer-token', { as: desk, key });
    expect((await post(id, 'answer-token', { as: desk, key })).body).toEqual(body);
    const token = body['token'] as string;
    const { data } = await service.published('providers.survey.answer-token-issued.v1', id);
    const stored = await service.sql('select row(s.*)::text as text from survey s where id = $1', [id]);
    expect(JSON.stringify([stored, data])).not.toContain(token.split('.')[2]);
    expect((await read(id, token)).body).toEqual({ id, version: 2, offerId, answerBy, questions: [...questions] });
    const answer = holding(token, { key: randomUUID(), body: { answers } });
    expect(await post(id, 'answer', answer)).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await post(id, 'answer', answer)).toMatchObject({ status: 200, body: { version: 3 } });
    expect(problemOf(await post(id, 'answer', holding(token, { ifMatch: 3, body: { answers } })))).toBe(
      '409 answer-token-spent',
    );
    expect(problemOf(await read(id, token))).toBe('404 not-found');
    expect(await said(providerId)).toHaveLength(1);
  });

  it('sent ten times at once, answers once', async () => {
    const { id, providerId } = await opened();
    const token = await issue(id);
    const sent = await Promise.all(
      Array.from({ length: 10 }, () => post(id, 'answer', holding(token, { body: { answers } }))),
    );
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await said(providerId)).toHaveLength(1);
  });

  it('may decline; the newest token alone counts, until the last day, for this survey and nothing else', async () => {
    const [{ id, orderId }, other] = [await opened(), await opened()];
    const first = await issue(id);
    const second = await issue(id, 2);
    expect(problemOf(await post(id, 'answer/refusal', holding(first, { ifMatch: 3 })))).toBe('409 answer-token-spent');
    for (const headers of [holding(second).headers, { Authorization: `Bearer ${second}` }]) {
      const [elsewhere, order] = [
        await service.http('GET', `/surveys/${other.id}/answer`, { headers: headers as Record<string, string> }),
        await service.http('GET', `/service-orders/${orderId}/answer`, { headers: headers as Record<string, string> }),
      ];
      expect([401, 404]).toContain(elsewhere.status);
      expect([401, 404]).toContain(order.status);
    }
    expect((await service.http('GET', `/surveys/${id}`, holding(second))).status).toBe(401);
    now = new Date(`${addDays(today, 32)}T12:00:00Z`);
    expect(problemOf(await read(id, second))).toBe('404 not-found');
    now = new Date();
    expect(await post(id, 'answer/refusal', holding(second, { ifMatch: 3 }))).toMatchObject({ status: 200 });
    expect((await see(id)).body).toMatchObject({ state: 'DECLINED', channel: 'TOKEN' });
  });
});

describe('who may do what with surveys', () => {
  const asking: readonly Role[] = ['desk', 'coordinator'];
  const seeing: readonly Role[] = [...asking, 'services-organiser', 'director', 'auditor'];

  it.each([
    ['GET', '', seeing],
    ['POST', '/answers', asking],
    ['POST', '/declination', asking],
    ['POST', '/answer-token', asking],
  ] as const)('%s /surveys/:id%s', async (method, name, allowed) => {
    const { id } = await opened();
    const body = name === '/answer-token' ? {} : { channel: 'DESK', ...(name === '/answers' && { answers }) };
    const call = (as?: object): Promise<Answer> =>
      service.http(method, `/surveys/${id}${name}`, {
        ...(as && { as }),
        ...(method === 'POST' && { ifMatch: 9, body }),
      });
    expect(await call()).toMatchObject({ status: 401 });
    for (const role of roles) {
      const { status } = await call({ sub: `only-${role}`, roles: [role] });
      expect([role, status === 403]).toEqual([role, !allowed.includes(role)]);
    }
    const mixed = { sub: 'mixed', roles: ['desk', 'provider'], providerId: uuidv7() };
    expect(problemOf(await call(mixed))).toBe('403 reserved-for-centre');
  });

  it('a provider sees no survey, not even of its own orders', async () => {
    const { id, providerId, orderId } = await opened();
    for (const path of [`/surveys/${id}`, `/surveys?orderId=${orderId}`, `/surveys/${id}/answer`])
      expect([403, 404]).toContain((await service.http('GET', path, { as: account(providerId) })).status);
  });

  it('an unknown survey is not found, and a bad cursor is said first', async () => {
    expect(problemOf(await see(uuidv7()))).toBe('404 not-found');
    const path = '/surveys?after=bad';
    expect(problemOf(await service.http('GET', path, { as: desk }))).toBe('400 cursor-malformed');
  });
});
