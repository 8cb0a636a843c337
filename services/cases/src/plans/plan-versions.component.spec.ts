import { addDays, lastDayOfYears } from '@okienko/contracts/calendar';
import { event } from '@okienko/contracts/event';
import { serviceOrderAcceptedV1 } from '@okienko/contracts/providers/service-order-accepted.v1';
import { generateNrb } from '@okienko/identifiers/nrb-generator';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import {
  coordinator,
  desk,
  director,
  idOf,
  type Json,
  organiser,
  problemOf,
  type Qualified,
  Scenario,
  today,
} from '../scenario';

jest.setTimeout(60_000);

let scenario: Scenario;
let authorisationId: string;
beforeAll(async () => {
  scenario = await Scenario.start();
  authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
});
afterAll(() => scenario.stop());

const agreement = { manner: 'SIGNATURE', agreedOn: today };
const plan = async (id: string): Promise<Json> => (await scenario.get(`/plans/${id}`, coordinator)).body;
/** An act at the plan's present version. */
const act = async (id: string, name: string, body: object = {}, as: object = coordinator) =>
  scenario.post(`/plans/${id}/${name}`, as, body, await scenario.version(`/plans/${id}`));
const allocations = async (id: string): Promise<Json[]> =>
  (await scenario.get(`/allocations?planId=${id}`, coordinator)).body['items'] as Json[];

interface InForce {
  readonly planId: string;
  readonly providers: readonly string[];
  /** Body of a draft with these services of the application. */
  body(services: readonly number[], more?: object): Json;
}

/** A plan in force, at version 4, for the first of two services that the person is qualified for. */
async function inForce(): Promise<InForce> {
  const offers = [(await scenario.offer(5)).offerId, (await scenario.offer(5)).offerId];
  const filed = await scenario.file(offers);
  for (const itemId of filed.itemIds) await scenario.actOnItem(filed, itemId, 'qualification');
  await scenario.recognised(filed);
  const providers = [await scenario.capacity(offers[0] ?? ''), await scenario.capacity(offers[1] ?? '')];
  const item = (index: number) => ({ itemId: filed.itemIds[index], providerId: providers[index], ...way });
  const body: InForce['body'] = (services, more = {}) => ({
    applicationId: filed.id,
    from: today,
    to: addDays(today, 90),
    items: services.map(item),
    ...more,
  });
  const planId = idOf(await scenario.post('/plans', coordinator, body([0])));
  await act(planId, 'agreement', agreement);
  await act(planId, 'submission');
  expect(await act(planId, 'approval', { authorisationId }, director)).toMatchObject({ status: 200 });
  return { planId, providers, body };
}
const way = { place: 'u pani w domu', schedule: 'codziennie', quantity: 30, unit: 'HOUR' };

async function approved(planId: string, update: Json): Promise<Json> {
  expect(await act(planId, 'update', update)).toMatchObject({ status: 200 });
  expect(await act(planId, 'agreement', agreement)).toMatchObject({ status: 200 });
  expect(await act(planId, 'submission')).toMatchObject({ status: 200 });
  const answer = await act(planId, 'approval', { authorisationId }, director);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

describe('an update of a plan (art. 41(2))', () => {
  it('stands beside the version in force, then takes its place; what it adds is referred, and words stay encrypted', async () => {
    const { planId, body } = await inForce();
    const update = body([0, 1], { goals: ['spacer co dzień'] });
    expect(await act(planId, 'update', update)).toMatchObject({ status: 200, body: { version: 5 } });
    expect(await plan(planId)).toMatchObject({
      state: 'APPROVED',
      planVersion: 1,
      goals: [],
      items: [{ place: way.place }],
      update: { planVersion: 2, state: 'DRAFT', goals: ['spacer co dzień'], items: [{}, { schedule: 'codziennie' }] },
    });
    const sealed = () =>
      scenario.service.sql<{ text: string }>(
        `select concat(open_update::text, encode(open_update_texts, 'escape'), encode(texts, 'escape'), (select string_agg(
           items::text || encode(texts, 'escape'), ' ') from plan_version where plan_id = p.id)) as text
         from individual_plan p where id = $1`,
        [planId],
      );
    expect((await sealed())[0]?.text).not.toMatch(/spacer|domu|codziennie/);
    await act(planId, 'agreement', agreement);
    await act(planId, 'submission');
    expect(await plan(planId)).toMatchObject({ planVersion: 1, items: [{ place: way.place }] });
    const answer = await act(planId, 'approval', { authorisationId }, director);
    expect(answer).toMatchObject({ status: 200, body: { version: 8 } });
    expect(answer.body['allocations']).toHaveLength(1);
    expect(await plan(planId)).toMatchObject({ planVersion: 2, goals: ['spacer co dzień'], update: null });
    expect((await sealed())[0]?.text).not.toMatch(/spacer|domu|codziennie/);
    expect((await scenario.facts(planId)).slice(4)).toEqual([
      'plan.update-started',
      'plan.agreed',
      'plan.submitted-for-approval',
      'plan.updated',
    ]);
    const items = update['items'] as { itemId: string }[];
    expect(await scenario.service.published('cases.plan.updated.v1', planId)).toMatchObject({
      data: { planVersion: 2, authorisationId, added: [items[1]?.itemId], dropped: [], changed: [] },
    });
    expect((await allocations(planId)).map(({ state }) => state)).toEqual(['REFERRED', 'REFERRED']);
  });

  it('supersedes what it changes: a provider who has taken it on is through, nobody else need answer', async () => {
    const { planId, providers, body } = await inForce();
    const [first] = await allocations(planId);
    const order = { allocationId: first?.['id'], providerId: providers[0], offerId: first?.['offerId'], attempt: 1 };
    await scenario.tell(event(serviceOrderAcceptedV1, uuidv7(), order as never));
    await scenario.service.eventually(async () =>
      expect(await allocations(planId)).toMatchObject([{ state: 'ACCEPTED' }]),
    );
    const more = (quantity: number) => body([0], { items: [{ ...(body([0])['items'] as object[])[0], quantity }] });
    await approved(planId, more(40));
    await approved(planId, more(50));
    expect(await allocations(planId)).toMatchObject([
      { state: 'COMPLETED', quantity: 30 },
      { state: 'TERMINATED', quantity: 40 },
      { state: 'REFERRED', quantity: 50 },
    ]);
    expect(await plan(planId)).toMatchObject({ planVersion: 3, state: 'APPROVED' });
  });

  it('ends what it drops, and the place stays used', async () => {
    const { planId, body } = await inForce();
    await approved(planId, body([0, 1]));
    await approved(planId, body([1]));
    expect(await allocations(planId)).toMatchObject([{ state: 'TERMINATED' }, { state: 'REFERRED' }]);
    expect(
      await scenario.service.sql(
        'select ended_at is not null as ended from service_place where plan_id = $1 order by ended_at nulls last',
        [planId],
      ),
    ).toEqual([{ ended: true }, { ended: false }]);
    await act(planId, 'update', body([0, 1]));
    await act(planId, 'agreement', agreement);
    await act(planId, 'submission');
    expect(problemOf(await act(planId, 'approval', { authorisationId }, director))).toEqual([
      409,
      'item-already-planned',
    ]);
  });

  it('takes in what the person asked for in another application, and nothing of anybody else', async () => {
    const { planId, body } = await inForce();
    const { personId } = await plan(planId);
    const { offerId } = await scenario.offer(5);
    const [theirs, another] = [
      await scenario.qualified(offerId, { personId }),
      await scenario.qualified((await scenario.offer(5)).offerId),
    ];
    const including = ({ itemId, providerId }: Qualified): Json => {
      const [first] = body([0])['items'] as [Json];
      return body([0], { items: [first, { itemId, providerId, ...way }] });
    };
    expect(problemOf(await act(planId, 'update', including(another)))).toEqual([422, 'item-not-qualified']);
    const { allocations: made } = (await approved(planId, including(theirs))) as {
      allocations: [{ id: string; itemId: string }];
    };
    expect(made).toMatchObject([{ itemId: theirs.itemId }]);
    expect((await plan(planId))['items']).toMatchObject([{}, { itemId: theirs.itemId, offerId }]);
    const [{ id: allocationId }] = made;
    const orderId = await scenario.accept({ allocationId, providerId: theirs.providerId, offerId });
    await scenario.allocationBecomes(allocationId, { state: 'ACCEPTED' });
    const provider = { sub: 'provider-ela', roles: ['provider'], providerId: theirs.providerId } as const;
    expect(await scenario.get(`/service-orders/${orderId}/referral-packet`, provider)).toMatchObject({
      status: 200,
      body: { schedule: way.schedule },
    });
    expect(problemOf(await scenario.actOnItem(theirs, theirs.itemId, 'withdrawal'))).toEqual([409, 'place-in-use']);
  });

  it('ends the fee of what it drops', async () => {
    const { planId, body } = await inForce();
    await approved(planId, body([0, 1]));
    const { applicationId, items } = body([0]) as { applicationId: string; items: [{ itemId: string }] };
    const [{ itemId }] = items;
    await scenario.service.sql(
      `update programme_edition_service set terms = terms || '{"fee": {"rule": "FLAT", "grosze": 100, "per": "DAY"}}'
       where programme_id in (select programme_id from offer where id in (select offer_id from allocation where item_id = $1))`,
      [itemId],
    );
    const terms = { from: today, to: addDays(today, 9), virtualAccount: generateNrb(1) };
    const fee = idOf(await scenario.post(`/applications/${applicationId}/items/${itemId}/fee`, coordinator, terms));
    await approved(planId, body([1]));
    expect((await scenario.get(`/fees/${fee}`, coordinator)).body).toMatchObject({
      to: today,
      balance: { openGrosze: 100 },
    });
  });

  it('is one at a time, by the coordinator, from the same day, within the year, and under If-Match', async () => {
    const { planId, body } = await inForce();
    const start = (more: object = {}, as: object = coordinator) => act(planId, 'update', body([0], more), as);
    expect(problemOf(await start({}, { ...coordinator, sub: 'kipus-other' }))).toEqual([403, 'not-the-coordinator']);
    expect(problemOf(await start({}, { ...coordinator, providerId: uuidv7() }))).toEqual([403, 'reserved-for-centre']);
    for (const as of [desk, director, organiser]) expect(problemOf(await start({}, as))).toEqual([403, 'not-allowed']);
    expect(problemOf(await start({}, { ...coordinator, unit: 'north' }))).toEqual([404, 'not-found']);
    expect(problemOf(await start({ from: addDays(today, 1) }))).toEqual([422, 'plan-start-fixed']);
    expect(problemOf(await start({ to: addDays(lastDayOfYears(today, 1), 1) }))).toEqual([422, 'plan-too-long']);
    expect(problemOf(await scenario.post(`/plans/${planId}/update`, coordinator, body([0])))).toEqual([
      428,
      'version-required',
    ]);
    expect(problemOf(await scenario.post(`/plans/${planId}/update`, coordinator, body([0]), 3))).toEqual([
      412,
      'stale-version',
    ]);
    expect(await start()).toMatchObject({ status: 200 });
    expect(problemOf(await start())).toEqual([409, 'update-open']);
    expect(problemOf(await act(planId, 'submission'))).toEqual([409, 'wrong-state']);
    expect(problemOf(await act(planId, 'approval', { authorisationId }, director))).toEqual([409, 'wrong-state']);
    expect(await act(planId, 'redraft', body([0, 1]))).toMatchObject({ status: 200 });
    await act(planId, 'agreement', agreement);
    await act(planId, 'submission');
    const revoked = await scenario.authorisation(director.sub, ['ISSUE_DECISIONS']);
    expect(problemOf(await act(planId, 'approval', { authorisationId: revoked }, director))).toEqual([
      422,
      'authorisation-does-not-cover',
    ]);
    expect(await act(planId, 'return', { reasonCode: 'TOO_MUCH' }, organiser)).toMatchObject({ status: 200 });
    expect(await plan(planId)).toMatchObject({
      state: 'APPROVED',
      planVersion: 1,
      update: { state: 'DRAFT', agreement: null, returnReason: 'TOO_MUCH' },
    });
  });

  it('happens once when it is asked for twice under one key, and once when several approve at the same time', async () => {
    const { planId, body } = await inForce();
    const key = uuidv7();
    for (let n = 0; n < 2; n += 1)
      expect(await scenario.post(`/plans/${planId}/update`, coordinator, body([0, 1]), 4, { key })).toMatchObject({
        status: 200,
        body: { version: 5 },
      });
    expect((await scenario.facts(planId)).slice(4)).toEqual(['plan.update-started']);
    await act(planId, 'agreement', agreement);
    await act(planId, 'submission');
    const approvals = [1, 2, 3, 4].map(() =>
      scenario.post(`/plans/${planId}/approval`, director, { authorisationId }, 7),
    );
    expect((await Promise.all(approvals)).map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await scenario.facts(planId)).filter((fact) => fact === 'plan.updated')).toHaveLength(1);
    expect(await allocations(planId)).toHaveLength(2);
  });

  it('ends with the plan', async () => {
    const { planId, body } = await inForce();
    await act(planId, 'update', body([0, 1]));
    expect(await act(planId, 'end', { reason: 'RESIGNATION' })).toMatchObject({ status: 200 });
    expect((await scenario.facts(planId)).slice(5)).toEqual(['plan.update-abandoned', 'plan.ended']);
    expect(await plan(planId)).toMatchObject({ state: 'ENDED', update: null });
  });
});

describe('a draft that comes to nothing', () => {
  it('is abandoned, the plan or its update, with a reason; what is in force is not', async () => {
    const { planId, body } = await inForce();
    expect(problemOf(await act(planId, 'abandonment', { reasonCode: 'NO_AGREEMENT' }))).toEqual([409, 'wrong-state']);
    await act(planId, 'update', body([0, 1]));
    expect(await act(planId, 'abandonment', { reasonCode: 'NO_AGREEMENT' })).toMatchObject({ status: 200 });
    expect(await plan(planId)).toMatchObject({ state: 'APPROVED', planVersion: 1, update: null });
    const draft = idOf(await scenario.post('/plans', coordinator, body([1])));
    expect(problemOf(await act(draft, 'abandonment', { reasonCode: 'X' }, { ...coordinator, sub: 'other' }))).toEqual([
      403,
      'not-the-coordinator',
    ]);
    const key = uuidv7();
    for (let n = 0; n < 2; n += 1)
      expect(
        await scenario.post(`/plans/${draft}/abandonment`, coordinator, { reasonCode: 'NO_AGREEMENT' }, 1, { key }),
      ).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await scenario.facts(draft)).toEqual(['plan.draft-started', 'plan.abandoned']);
    expect(await plan(draft)).toMatchObject({ state: 'ABANDONED', abandonment: { reasonCode: 'NO_AGREEMENT' } });
    expect(problemOf(await act(draft, 'agreement', agreement))).toEqual([409, 'wrong-state']);
  });
});

describe('what a plan lacks (art. 39(2))', () => {
  it('is named when it is agreed; a timetable and a kind of place are as good as words', async () => {
    const { body } = await inForce();
    const [{ place: _, schedule: __, ...bare }] = body([1])['items'] as [Json];
    const draft = idOf(await scenario.post('/plans', coordinator, body([1], { items: [bare] })));
    const answer = await act(draft, 'agreement', agreement);
    expect(problemOf(answer)).toEqual([422, 'plan-incomplete']);
    expect(answer.body).toMatchObject({
      basis: 'art. 39(2)',
      errors: [{ pointer: '/items/0/schedule' }, { pointer: '/items/0/place' }],
    });
    const timetable = [{ days: ['MO', 'TH'], from: '08:00', to: '10:30', everyWeeks: 2 }];
    const full = { ...bare, timetable, placeKind: 'PERSONS_HOME' };
    expect(await act(draft, 'redraft', body([1], { items: [full], indicators: ['śpi 6 godzin'] }))).toMatchObject({
      status: 200,
    });
    expect(await plan(draft)).toMatchObject({
      items: [{ timetable, placeKind: 'PERSONS_HOME' }],
      indicators: ['śpi 6 godzin'],
    });
    expect(await act(draft, 'agreement', agreement)).toMatchObject({ status: 200 });
    const wrong = body([1], { items: [{ ...full, timetable: [{ days: ['XX'], from: '25:00', to: '10:30' }] }] });
    expect(problemOf(await scenario.post('/plans', coordinator, wrong))).toEqual([400, 'invalid-request']);
  });
});

describe('the versions of a plan', () => {
  it('are listed, and two of them compared with their words, which is logged', async () => {
    const { planId, body } = await inForce();
    await approved(planId, body([0, 1], { goals: ['spacer'], to: addDays(today, 120) }));
    const [item] = body([1])['items'] as Json[];
    await act(planId, 'update', body([1], { items: [{ ...item, place: 'w CUS' }] }));
    const { body: list } = await scenario.get(`/plans/${planId}/versions`, director);
    expect(list['items']).toMatchObject([
      { planVersion: 1, state: 'REPLACED', replacedOn: today, to: addDays(today, 90), approval: { authorisationId } },
      { planVersion: 2, state: 'APPROVED', replacedOn: null, to: addDays(today, 120) },
      { planVersion: 3, state: 'DRAFT', drafter: coordinator.sub, agreement: null, approval: null },
    ]);
    const compare = (from: number, to: number, as: object = coordinator) =>
      scenario.get(`/plans/${planId}/versions/compare?from=${from}&to=${to}`, as);
    expect((await compare(1, 2)).body).toMatchObject({
      added: [{ itemId: item?.['itemId'], place: way.place }],
      removed: [],
      changed: [],
      fields: [
        { field: 'goals', before: [], after: ['spacer'] },
        { field: 'to', before: addDays(today, 90), after: addDays(today, 120) },
      ],
    });
    expect((await compare(2, 3)).body).toMatchObject({
      added: [],
      removed: [{}],
      changed: [{ itemId: item?.['itemId'], fields: [{ field: 'place', before: way.place, after: 'w CUS' }] }],
    });
    const { personId } = (await plan(planId)) as { personId: string };
    expect((await scenario.accesses(personId)).at(-2)).toMatchObject({ act: 'READ', groups: ['PLAN'] });
    expect(problemOf(await compare(1, 4))).toEqual([404, 'not-found']);
    expect(problemOf(await compare(0, 1))).toEqual([400, 'invalid-request']);
    expect(problemOf(await compare(1, 2, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await compare(1, 2, { ...coordinator, unit: 'north' }))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.get(`/plans/${planId}/versions`, { ...coordinator, unit: 'north' }))).toEqual([
      404,
      'not-found',
    ]);
  });
});

describe('whatever is asked of a plan in force at the same time, of two replicas', () => {
  const names = ['update', 'update', 'agree', 'agree', 'submit', 'submit', 'approve', 'approve', 'redraft', 'abandon'];
  const rounds = fc.array(fc.shuffledSubarray(names, { minLength: 5 }), { minLength: 4, maxLength: 6 });

  it('its versions follow one another, each approved, and one is in force all along', async () => {
    const { planId, body } = await inForce();
    const replica = await scenario.service.replica();
    const urls = [scenario.service.url, replica.url];
    const requests: Record<string, [path: string, as: object, body: object]> = {
      update: ['update', coordinator, body([0, 1])],
      redraft: ['redraft', coordinator, body([0])],
      agree: ['agreement', coordinator, agreement],
      submit: ['submission', coordinator, {}],
      approve: ['approval', director, { authorisationId }],
      abandon: ['abandonment', coordinator, { reasonCode: 'NO_AGREEMENT' }],
    };
    const ask = async (name: string, url: string | undefined, version: number): Promise<number> => {
      const [path, as, content] = requests[name] ?? ['', {}, {}];
      const headers = {
        Authorization: `Bearer ${await scenario.service.issuer.token(as)}`,
        'Content-Type': 'application/json',
        'If-Match': `"${version}"`,
      };
      const address = `${url}/plans/${planId}/${path}`;
      return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(content) })).status;
    };
    const answers = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(rounds, async (drawn) => {
        for (const round of drawn) {
          const version = await scenario.version(`/plans/${planId}`);
          const statuses = await Promise.all(round.map((name, index) => ask(name, urls[index % 2], version)));
          for (const status of statuses) answers.set(status, (answers.get(status) ?? 0) + 1);
          expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
          const { state, planVersion, approval, items } = await plan(planId);
          expect([state, approval]).toEqual(['APPROVED', expect.objectContaining({ approvedBy: director.sub })]);
          expect(await replaced(planId)).toEqual(Array.from({ length: (planVersion as number) - 1 }, (_, n) => n + 1));
          const open = (await allocations(planId)).filter((one) => one['state'] === 'REFERRED');
          expect(idsOf(open)).toEqual(idsOf(items as Json[]));
        }
      }),
      { numRuns: 4 },
    );
    await replica.stop();
    expect([...answers.keys()].filter((status) => ![200, 409, 412].includes(status))).toEqual([]);
    expect(answers.get(200)).toBeGreaterThan(4);
  });

  const idsOf = (items: readonly Json[]): unknown[] => items.map(({ itemId }) => itemId).sort();
  const replaced = async (planId: string): Promise<number[]> =>
    (
      await scenario.service.sql<{ number: number }>(
        'select plan_version as number from plan_version where plan_id = $1 order by 1',
        [planId],
      )
    ).map(({ number }) => number);
});
