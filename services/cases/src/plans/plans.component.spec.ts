import { addDays, lastDayOfYears } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, idOf, operator, organiser, problemOf, Scenario, today } from '../scenario';
import { clockFrom } from '../terms/clocks';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const recognisedApplication = async (more: object = {}) => {
  const application = await scenario.qualified((await scenario.offer(5)).offerId, { ...more });
  await scenario.recognised(application);
  return application;
};

describe('drafting a plan (art. 38–40)', () => {
  it('starts the plan with the day it is due, and keeps its words encrypted', async () => {
    const application = await recognisedApplication();
    const planId = idOf(
      await scenario.post(
        '/plans',
        coordinator,
        scenario.planBody(application, { supportingActivities: ['klub seniora'] }),
      ),
    );
    expect(await scenario.service.published('cases.plan.draft-started.v1', planId)).toMatchObject({
      data: { personId: application.personId, applicationId: application.id, draftDueOn: addDays(today, 30) },
    });
    const { body } = await scenario.get(`/plans/${planId}`, coordinator);
    expect(body).toMatchObject({
      state: 'DRAFT',
      drafter: coordinator.sub,
      draftedLate: false,
      goals: ['spokojny sen'],
      supportingActivities: ['klub seniora'],
    });
    expect(body['items']).toMatchObject([
      { itemId: application.itemId, place: 'u pani w domu', schedule: 'codziennie 22–6', quantity: 30 },
    ]);
    const [row] = await scenario.service.sql<{ text: string }>(
      "select encode(texts, 'escape') || items::text as text from individual_plan where id = $1",
      [planId],
    );
    expect(row?.text).not.toMatch(/domu|codziennie|klub|sen"/);
  });

  it('may be late, and then stays on record as late', async () => {
    const application = await recognisedApplication({ filedAt: `${addDays(today, -31)}T12:00:00Z` });
    const planId = idOf(await scenario.post('/plans', coordinator, scenario.planBody(application)));
    expect(await scenario.get(`/plans/${planId}`, coordinator)).toMatchObject({
      body: { draftDueOn: addDays(today, -1), draftedLate: true },
    });
  });

  it('needs the recognition of needs on record', async () => {
    const application = await scenario.qualified((await scenario.offer(5)).offerId);
    expect(problemOf(await scenario.post('/plans', coordinator, scenario.planBody(application)))).toEqual([
      422,
      'needs-recognition-missing',
    ]);
  });

  it('takes only what this application is qualified for, in the unit of the offer, from who offers it, for a year at the most', async () => {
    const application = await recognisedApplication();
    const other = await scenario.qualified((await scenario.offer(5)).offerId);
    const body = scenario.planBody(application);
    const [item] = body['items'] as object[];
    const refusals: [object, [number, string]][] = [
      [{ ...body, items: [{ ...item, itemId: other.itemId }] }, [422, 'item-not-qualified']],
      [{ ...body, items: [{ ...item, unit: 'RIDE' }] }, [422, 'unit-differs']],
      [{ ...body, items: [{ ...item, providerId: uuidv7() }] }, [422, 'provider-not-offering']],
      [{ ...body, to: addDays(lastDayOfYears(today, 1), 1) }, [422, 'plan-too-long']],
      [{ ...body, to: addDays(today, -1) }, [422, 'period-reversed']],
      [{ ...body, items: [item, item] }, [400, 'invalid-request']],
      [{ ...body, items: [{ ...item, place: '' }] }, [400, 'invalid-request']],
    ];
    for (const [wrong, problem] of refusals)
      expect(problemOf(await scenario.post('/plans', coordinator, wrong))).toEqual(problem);
    expect(await scenario.post('/plans', coordinator, { ...body, to: lastDayOfYears(today, 1) })).toMatchObject({
      status: 201,
    });
  });

  it('is never for a provider (art. 49), and for no role but the coordinator', async () => {
    const body = scenario.planBody(await recognisedApplication());
    expect(problemOf(await scenario.post('/plans', { ...coordinator, providerId: uuidv7() }, body))).toEqual([
      403,
      'reserved-for-centre',
    ]);
    for (const as of [desk, director, organiser])
      expect(problemOf(await scenario.post('/plans', as, body))).toEqual([403, 'not-allowed']);
  });

  it('can be done again by the drafter while it is a draft', async () => {
    const application = await recognisedApplication();
    const planId = idOf(await scenario.post('/plans', coordinator, scenario.planBody(application)));
    const body = scenario.planBody(application, { goals: ['spacer'] });
    expect(
      problemOf(await scenario.post(`/plans/${planId}/redraft`, { ...coordinator, sub: 'kipus-other' }, body, 1)),
    ).toEqual([403, 'not-the-coordinator']);
    expect(await scenario.post(`/plans/${planId}/redraft`, coordinator, body, 1)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect(await scenario.get(`/plans/${planId}`, coordinator)).toMatchObject({ body: { goals: ['spacer'] } });
    await scenario.post(`/plans/${planId}/agreement`, coordinator, { manner: 'ORAL_NOTE', agreedOn: today }, 2);
    expect(problemOf(await scenario.post(`/plans/${planId}/redraft`, coordinator, body, 3))).toEqual([
      409,
      'wrong-state',
    ]);
  });
});

describe('agreeing, submitting and returning a plan', () => {
  it('goes forward step by step and back to the drafter, who agrees it anew', async () => {
    const { planId } = await scenario.pendingPlan();
    expect(await scenario.service.published('cases.plan.agreed.v1', planId)).toMatchObject({
      data: { manner: 'SIGNATURE', from: today },
    });
    expect(
      problemOf(await scenario.post(`/plans/${planId}/return`, coordinator, { reasonCode: 'MISSING_SCHEDULE' }, 3)),
    ).toEqual([403, 'not-allowed']);
    expect(
      await scenario.post(`/plans/${planId}/return`, organiser, { reasonCode: 'MISSING_SCHEDULE' }, 3),
    ).toMatchObject({ status: 200 });
    expect(await scenario.service.published('cases.plan.returned.v1', planId)).toMatchObject({
      data: { reasonCode: 'MISSING_SCHEDULE' },
    });
    expect(await scenario.get(`/plans/${planId}`, coordinator)).toMatchObject({
      body: { state: 'DRAFT', agreement: null, returnReason: 'MISSING_SCHEDULE' },
    });
    expect(problemOf(await scenario.post(`/plans/${planId}/submission`, coordinator, {}, 4))).toEqual([
      409,
      'wrong-state',
    ]);
  });

  it('records an agreement that has happened', async () => {
    const application = await recognisedApplication();
    const planId = idOf(await scenario.post('/plans', coordinator, scenario.planBody(application)));
    const agree = (agreedOn: string, version?: number) =>
      scenario.post(`/plans/${planId}/agreement`, coordinator, { manner: 'ELECTRONIC', agreedOn }, version);
    expect(problemOf(await agree(addDays(today, 1), 1))).toEqual([422, 'day-in-the-future']);
    expect(problemOf(await agree(today, 7))).toEqual([412, 'stale-version']);
    expect(problemOf(await agree(today))).toEqual([428, 'version-required']);
  });
});

describe('approving a plan (art. 41(1))', () => {
  it('allocates each service and refers it to its provider, in that order', async () => {
    const { planId, application, offerId } = await scenario.pendingPlan();
    const authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
    const key = crypto.randomUUID();
    const approve = () => scenario.post(`/plans/${planId}/approval`, director, { authorisationId }, 3, { key });
    const answer = await approve();
    expect(answer).toMatchObject({
      status: 200,
      body: { id: planId, version: 4, allocations: [{ itemId: application.itemId }] },
    });
    expect((await approve()).body).toEqual(answer.body);
    const [allocation] = answer.body['allocations'] as { id: string }[];
    const id = allocation?.id ?? '';
    expect(await scenario.facts(planId)).toEqual([
      'plan.draft-started',
      'plan.agreed',
      'plan.submitted-for-approval',
      'plan.approved',
    ]);
    expect(await scenario.facts(id)).toEqual(['allocation.created', 'allocation.referred']);
    const { data } = await scenario.service.published('cases.allocation.referred.v1', id);
    const { body } = await scenario.get(`/allocations/${id}`, coordinator);
    const terms = { planId, offerId, from: today, to: addDays(today, 90), quantity: 30, unit: 'HOUR', attempt: 1 };
    expect(data).toEqual({
      ...terms,
      providerId: body['providerId'],
      answerBy: clockFrom('REFERRAL_ANSWER', today).dueOn,
    });
    expect(body).toMatchObject({ ...terms, state: 'REFERRED', itemId: application.itemId, deliveredTotal: 0 });
    expect(await scenario.get(`/plans/${planId}`, director)).toMatchObject({
      body: { state: 'APPROVED', approval: { authorisationId, approvedBy: director.sub, approvedOn: today } },
    });
  });

  it('is refused to the drafter, even with an authorisation of their own', async () => {
    const { planId } = await scenario.pendingPlan();
    const both = { ...coordinator, roles: ['coordinator', 'director'] as const };
    const authorisationId = await scenario.authorisation(coordinator.sub, ['APPROVE_PLANS']);
    expect(problemOf(await scenario.post(`/plans/${planId}/approval`, both, { authorisationId }, 3))).toEqual([
      403,
      'own-plan',
    ]);
    expect(await scenario.facts(planId)).not.toContain('plan.approved');
  });

  it('needs an authorisation of the approver’s own that covers it today', async () => {
    const { planId } = await scenario.pendingPlan();
    const approve = (authorisationId: string) =>
      scenario.post(`/plans/${planId}/approval`, director, { authorisationId }, 3);
    expect(problemOf(await approve(await scenario.authorisation(organiser.sub, ['APPROVE_PLANS'])))).toEqual([
      403,
      'not-your-authorisation',
    ]);
    expect(problemOf(await approve(await scenario.authorisation(director.sub, ['ISSUE_DECISIONS'])))).toEqual([
      422,
      'authorisation-does-not-cover',
    ]);
    const notYet = { validFrom: addDays(today, 1), validTo: addDays(today, 9) };
    expect(problemOf(await approve(await scenario.authorisation(director.sub, ['APPROVE_PLANS'], notYet)))).toEqual([
      422,
      'authorisation-does-not-cover',
    ]);
    const revoked = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
    await scenario.post(`/authorisations/${revoked}/revocation`, operator, {}, 1);
    expect(problemOf(await approve(revoked))).toEqual([422, 'authorisation-does-not-cover']);
    expect(await scenario.facts(planId)).not.toContain('plan.approved');
  });

  it('is refused once a service of the plan has been withdrawn, and keeps a used place from being withdrawn', async () => {
    const authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
    const { planId, application } = await scenario.pendingPlan();
    await scenario.actOnItem(application, application.itemId, 'withdrawal', desk);
    expect(problemOf(await scenario.post(`/plans/${planId}/approval`, director, { authorisationId }, 3))).toEqual([
      422,
      'item-not-qualified',
    ]);
    const approved = await scenario.approvedPlan();
    expect(
      problemOf(await scenario.actOnItem(approved.application, approved.application.itemId, 'withdrawal', desk)),
    ).toEqual([409, 'place-in-use']);
  });

  it('and the revocation of its authorisation do not cross: whichever comes first decides', async () => {
    for (let n = 0; n < 6; n += 1) {
      const { planId } = await scenario.pendingPlan();
      const authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
      const [approval, revocation] = await Promise.all([
        scenario.post(`/plans/${planId}/approval`, director, { authorisationId }, 3),
        scenario.post(`/authorisations/${authorisationId}/revocation`, operator, {}, 1),
      ]);
      expect([200, 422]).toContain(approval.status);
      expect(revocation).toMatchObject({ status: 200 });
      const told = await scenario.service.sql<{ fact: string }>(
        `select split_part(event::json ->> 'type', '.', 5) as fact from outbox
         where aggregate_id = any ($1) and event::json ->> 'type' ~ 'plan.approved|authorisation.revoked' order by seq`,
        [[planId, authorisationId]],
      );
      expect(told.map(({ fact }) => fact)).toEqual([...(approval.status === 200 ? ['approved'] : []), 'revoked']);
    }
  }, 30_000);

  it('happens once when several approve at the same time', async () => {
    const { planId } = await scenario.pendingPlan();
    const authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
    const approvals = [1, 2, 3, 4].map(() =>
      scenario.post(`/plans/${planId}/approval`, director, { authorisationId }, 3),
    );
    expect((await Promise.all(approvals)).map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect((await scenario.get(`/allocations?planId=${planId}`, coordinator)).body['items']).toHaveLength(1);
  });

  it('puts a service into one plan only', async () => {
    const { application } = await scenario.approvedPlan();
    const second = idOf(await scenario.post('/plans', coordinator, scenario.planBody(application)));
    await scenario.post(`/plans/${second}/agreement`, coordinator, { manner: 'SIGNATURE', agreedOn: today }, 1);
    await scenario.post(`/plans/${second}/submission`, coordinator, {}, 2);
    const authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
    expect(problemOf(await scenario.post(`/plans/${second}/approval`, director, { authorisationId }, 3))).toEqual([
      409,
      'item-already-planned',
    ]);
  });
});

describe('ending a plan (art. 45)', () => {
  it('is summed up in a talk and closed with a description that only the API can read', async () => {
    const { planId } = await scenario.approvedPlan();
    const act = (name: string, body: object, version: number) =>
      scenario.post(`/plans/${planId}/${name}`, coordinator, body, version);
    expect(problemOf(await act('closure', { description: 'Za wcześnie.' }, 4))).toEqual([409, 'wrong-state']);
    expect(await act('end', { reason: 'LEFT_GMINA' }, 4)).toMatchObject({ status: 200, body: { version: 5 } });
    expect(problemOf(await act('closing-talk', { heldOn: addDays(today, 1), outcome: 'HELD' }, 5))).toEqual([
      422,
      'day-in-the-future',
    ]);
    expect(await act('closing-talk', { heldOn: today, outcome: 'IMPOSSIBLE', note: 'Wyjechała.' }, 5)).toMatchObject({
      status: 200,
    });
    expect(await act('closure', { description: 'Spała spokojnie.' }, 6)).toMatchObject({
      status: 200,
      body: { version: 7 },
    });
    expect((await scenario.facts(planId)).slice(4)).toEqual(['plan.ended', 'plan.closing-talk-held', 'plan.closed']);
    expect(await scenario.service.published('cases.plan.ended.v1', planId)).toMatchObject({
      data: { endedOn: today, reason: 'LEFT_GMINA' },
    });
    expect(await scenario.get(`/plans/${planId}`, director)).toMatchObject({
      body: { state: 'CLOSED', closingNote: 'Wyjechała.', description: 'Spała spokojnie.', closedOn: today },
    });
    const [row] = await scenario.service.sql<{ text: string }>(
      "select encode(closing_note || description, 'escape') as text from individual_plan where id = $1",
      [planId],
    );
    expect(row?.text).not.toMatch(/Wyjecha|spokojnie/);
  });
});

describe('the list of plans', () => {
  it('shows what get shows, to whom get shows it', async () => {
    const { planId, application } = await scenario.pendingPlan();
    const { body } = await scenario.get(`/plans?applicationId=${application.id}&state=PENDING_APPROVAL`, coordinator);
    expect(body['items']).toMatchObject([{ id: planId, draftedLate: false }]);
    expect(JSON.stringify(body)).not.toContain('spokojny');
    const elsewhere = { ...coordinator, unit: 'north' };
    expect((await scenario.get(`/plans?applicationId=${application.id}`, elsewhere)).body['items']).toEqual([]);
    expect(problemOf(await scenario.get(`/plans/${planId}`, elsewhere))).toEqual([404, 'not-found']);
  });
});
