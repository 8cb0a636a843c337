import { addDays } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, idOf, type Json, organiser, problemOf, Scenario, today } from '../scenario';

jest.setTimeout(60_000);

let scenario: Scenario;
let now = new Date();
beforeAll(async () => (scenario = await Scenario.start({ now: () => now })));
afterAll(() => scenario.stop());
beforeEach(() => {
  now = new Date();
});

const act = async (id: string, name: string, body: object, as: object = coordinator) =>
  scenario.post(`/plans/${id}/${name}`, as, body, await scenario.version(`/plans/${id}`));
const running = async (subjectId: string): Promise<Json> => {
  const rows = await scenario.service.sql<{ kind: string; dueOn: string; assignee: string | null }>(
    'select kind, due_on::text as "dueOn", assignee from deadline where subject_id = $1 and ended_at is null',
    [subjectId],
  );
  return Object.fromEntries(rows.map(({ kind, dueOn, assignee }) => [kind, [dueOn, assignee]]));
};
const contact = { heldOn: today, manner: 'VISIT', outcome: 'AS_PLANNED', note: 'Pani śpi lepiej.' };

describe('monitoring of a plan (art. 45(1))', () => {
  it('is recorded by the coordinator while the plan is in force, with a note that only the API can read', async () => {
    const { planId, application } = await scenario.approvedPlan();
    const key = uuidv7();
    for (let n = 0; n < 2; n += 1)
      expect(await scenario.post(`/plans/${planId}/contacts`, coordinator, contact, 4, { key })).toMatchObject({
        status: 200,
        body: { version: 5 },
      });
    expect(await scenario.service.published('cases.plan.monitoring-recorded.v1', planId)).toMatchObject({
      data: { personId: application.personId, heldOn: today, manner: 'VISIT', outcome: 'AS_PLANNED' },
    });
    expect((await scenario.get(`/plans/${planId}/contacts`, organiser)).body['items']).toMatchObject([
      { heldOn: today, note: 'Pani śpi lepiej.', recordedBy: coordinator.sub },
    ]);
    expect((await scenario.accesses(application.personId)).at(-1)).toMatchObject({ act: 'READ', groups: ['PLAN'] });
    const [row] = await scenario.service.sql<{ text: string }>(
      "select encode(note, 'escape') as text from plan_contact where plan_id = $1",
      [planId],
    );
    expect(row?.text).not.toMatch(/lepiej/);
    const wrong: [object, object, [number, string]][] = [
      [contact, { ...coordinator, sub: 'kipus-other' }, [403, 'not-the-coordinator']],
      [contact, director, [403, 'not-allowed']],
      [contact, { ...coordinator, unit: 'north' }, [404, 'not-found']],
      [{ ...contact, heldOn: addDays(today, 1) }, coordinator, [422, 'day-in-the-future']],
      [{ ...contact, heldOn: addDays(today, -1) }, coordinator, [422, 'before-the-plan']],
      [{ ...contact, manner: 'PIGEON' }, coordinator, [400, 'invalid-request']],
    ];
    for (const [body, as, problem] of wrong)
      expect(problemOf(await act(planId, 'contacts', body, as))).toEqual(problem);
    expect(problemOf(await scenario.post(`/plans/${planId}/contacts`, coordinator, contact, 4))).toEqual([
      412,
      'stale-version',
    ]);
    expect(problemOf(await scenario.get(`/plans/${planId}/contacts`, desk))).toEqual([403, 'not-allowed']);
    const { planId: pending } = await scenario.pendingPlan();
    expect(problemOf(await act(pending, 'contacts', contact))).toEqual([409, 'wrong-state']);
  });

  it('is due thirty days after the last contact that came about', async () => {
    const { planId } = await scenario.approvedPlan();
    const due = async () => (await running(planId))['MONITORING'];
    expect(await due()).toEqual([addDays(today, 30), coordinator.sub]);
    now = new Date(now.getTime() + 20 * 86_400_000);
    const day = addDays(today, 20);
    await act(planId, 'contacts', { ...contact, heldOn: day, outcome: 'NOT_REACHED' });
    expect(await due()).toEqual([addDays(today, 30), coordinator.sub]);
    await act(planId, 'contacts', { ...contact, heldOn: day });
    expect(await due()).toEqual([addDays(day, 30), coordinator.sub]);
    await act(planId, 'contacts', { ...contact, heldOn: today });
    expect(await due()).toEqual([addDays(day, 30), coordinator.sub]);
  });
});

describe('the clocks of a plan', () => {
  it('run from the recognition to the draft, from submission to approval, in force, and after the end', async () => {
    const application = await scenario.qualified((await scenario.offer(5)).offerId);
    await scenario.recognised(application);
    expect(await running(application.id)).toEqual({ PLAN_DRAFT: [addDays(today, 30), coordinator.sub] });
    const planId = idOf(await scenario.post('/plans', coordinator, scenario.planBody(application)));
    expect(await running(application.id)).toEqual({});
    await act(planId, 'agreement', { manner: 'SIGNATURE', agreedOn: today });
    await act(planId, 'submission', {});
    expect(await running(planId)).toEqual({ PLAN_APPROVAL: [addDays(today, 7), null] });
    await act(planId, 'return', { reasonCode: 'X' }, organiser);
    expect(await running(planId)).toEqual({});
    await act(planId, 'agreement', { manner: 'SIGNATURE', agreedOn: today });
    await act(planId, 'submission', {});
    const authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
    await act(planId, 'approval', { authorisationId }, director);
    const mine = (days: number): unknown => [addDays(today, days), coordinator.sub];
    expect(await running(planId)).toEqual({ PLAN_END: mine(90), MONITORING: mine(30) });
    await act(planId, 'update', scenario.planBody(application, { to: addDays(today, 120) }));
    await act(planId, 'agreement', { manner: 'SIGNATURE', agreedOn: today });
    await act(planId, 'submission', {});
    await act(planId, 'approval', { authorisationId }, director);
    expect(await running(planId)).toEqual({ PLAN_END: mine(120), MONITORING: mine(30) });
    await act(planId, 'end', { reason: 'RESIGNATION' });
    expect(await running(planId)).toEqual({ CLOSING_TALK: mine(14) });
    await act(planId, 'closing-talk', { heldOn: today, outcome: 'HELD' });
    expect(await running(planId)).toEqual({});
  });
});

describe('the coordinator of a plan', () => {
  it('changes with a reason, the clocks go along, and only the new one acts', async () => {
    const { planId, application } = await scenario.approvedPlan();
    const body = { coordinator: 'kipus-nowa', reasonCode: 'LEAVE' };
    expect(problemOf(await act(planId, 'coordinator', body))).toEqual([403, 'not-allowed']);
    expect(problemOf(await act(planId, 'coordinator', { ...body, reasonCode: 'WHIM' }, organiser))).toEqual([
      400,
      'invalid-request',
    ]);
    const key = uuidv7();
    for (let n = 0; n < 2; n += 1)
      expect(await scenario.post(`/plans/${planId}/coordinator`, organiser, body, 4, { key })).toMatchObject({
        status: 200,
        body: { version: 5 },
      });
    expect(problemOf(await act(planId, 'coordinator', body, director))).toEqual([409, 'same-coordinator']);
    expect(await scenario.service.published('cases.plan.coordinator-reassigned.v1', planId)).toMatchObject({
      data: { personId: application.personId, from: coordinator.sub, to: 'kipus-nowa', reasonCode: 'LEAVE' },
    });
    expect(await scenario.get(`/plans/${planId}`, director)).toMatchObject({
      body: { coordinator: 'kipus-nowa', drafter: coordinator.sub },
    });
    expect((await running(planId))['MONITORING']).toEqual([addDays(today, 30), 'kipus-nowa']);
    expect(problemOf(await act(planId, 'contacts', contact))).toEqual([403, 'not-the-coordinator']);
    const next = { ...coordinator, sub: 'kipus-nowa' };
    expect(await act(planId, 'contacts', contact, next)).toMatchObject({ status: 200 });
    expect(problemOf(await act(planId, 'end', { reason: 'RESIGNATION' }))).toEqual([403, 'not-the-coordinator']);
  });
});

describe('the first day of a plan', () => {
  it('activates it once, also after days of downtime and by two replicas, unless it was approved later than that', async () => {
    const replica = await scenario.service.replica();
    const { planId, application } = await scenario.pendingPlan({ from: addDays(today, 3) });
    const authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
    await act(planId, 'approval', { authorisationId }, director);
    const late = await scenario.approvedPlan();
    const state = async (id: string) => (await scenario.get(`/plans/${id}`, director)).body['state'];
    expect([await state(planId), await state(late.planId)]).toEqual(['APPROVED', 'APPROVED']);
    now = new Date(now.getTime() + 10 * 86_400_000);
    await scenario.service.eventually(
      async () => expect([await state(planId), await state(late.planId)]).toEqual(['ACTIVE', 'ACTIVE']),
      20_000,
    );
    const activatedOn = async (id: string) =>
      (await scenario.service.published<{ activatedOn: string }>('cases.plan.activated.v1', id)).data.activatedOn;
    expect([await activatedOn(planId), await activatedOn(late.planId)]).toEqual([addDays(today, 3), addDays(today, 1)]);
    expect((await scenario.facts(planId)).filter((fact) => fact === 'plan.activated')).toHaveLength(1);
    expect(await running(application.id)).toEqual({});
    await replica.stop();
  });

  it('is not its last: when the period is over the plan stays in force until somebody ends it', async () => {
    const { planId } = await scenario.approvedPlan();
    now = new Date(now.getTime() + 200 * 86_400_000);
    await scenario.service.eventually(
      async () => expect(await scenario.get(`/plans/${planId}`, director)).toMatchObject({ body: { state: 'ACTIVE' } }),
      20_000,
    );
    expect((await running(planId))['PLAN_END']).toEqual([addDays(today, 90), coordinator.sub]);
    expect(await act(planId, 'end', { reason: 'PERIOD_OVER' })).toMatchObject({ status: 200 });
  });
});
