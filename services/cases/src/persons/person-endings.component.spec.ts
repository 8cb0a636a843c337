import { addDays } from '@okienko/contracts/calendar';
import { coordinator, desk, director, type Filed, gmina, organiser, problemOf, Scenario, today } from '../scenario';

jest.setTimeout(30_000);

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const death = { diedOn: today, source: 'DEATH_CERTIFICATE' };
const elsewhere = '2804012';
const die = async (personId: string): ReturnType<Scenario['twice']> =>
  scenario.twice(`/persons/${personId}/death`, desk, death, await scenario.version(`/persons/${personId}`));
const leave = async (personId: string, more: object = {}): ReturnType<Scenario['twice']> =>
  scenario.twice(
    `/persons/${personId}/departure`,
    desk,
    { leftOn: today, ...more },
    await scenario.version(`/persons/${personId}`),
  );
const correct = async (personId: string, what: 'death' | 'departure'): ReturnType<Scenario['twice']> =>
  scenario.twice(
    `/persons/${personId}/${what}-correction`,
    coordinator,
    { reasonCode: 'ANOTHER_PERSON' },
    await scenario.version(`/persons/${personId}`),
  );
const statesOf = async ({ id }: Filed): Promise<string[]> =>
  ((await scenario.get(`/applications/${id}`, director)).body['items'] as { state: string }[]).map(
    ({ state }) => state,
  );
const filing = (personId: string, offerId: string): object => ({
  personId,
  applicantRole: 'PERSON',
  channel: 'DESK',
  statement: { clauseVersion: '2020-01-01', acknowledged: true },
  items: [{ offerId }],
});

describe('a death', () => {
  it('discontinues what is open, gives back unused places and ends the plan in force', async () => {
    const { planId, application } = await scenario.approvedPlan();
    const { personId } = application;
    const [open, unused, full] = [
      await scenario.offer(1),
      await scenario.offer(1),
      await scenario.offer(0, { queueRule: 'FILING_TIME' }),
    ];
    const submitted = await scenario.file([open.offerId], { personId });
    const qualified = await scenario.qualified(unused.offerId, { personId });
    const waiting = await scenario.file([full.offerId], { personId });
    await scenario.actOnItem(waiting, waiting.itemIds[0] ?? '', 'waiting-list-entry');
    const { status, body } = await die(personId);
    expect({ status, body }).toMatchObject({ status: 200, body: { id: personId, version: 2 } });
    expect(body['ended']).toEqual({
      applications: [submitted, qualified, waiting].map(({ id, itemIds }) => ({ id, itemIds })),
      plans: [planId],
      fees: [],
      participations: [],
    });
    for (const filed of [submitted, qualified, waiting]) expect(await statesOf(filed)).toEqual(['DISCONTINUED']);
    expect(await statesOf(application)).toEqual(['QUALIFIED']);
    expect(await scenario.service.published('cases.application.discontinued.v1', waiting.id)).toMatchObject({
      gmina,
      data: { itemId: waiting.itemIds[0], personId, offerId: full.offerId, reason: 'DEATH' },
    });
    expect(await scenario.service.published('cases.plan.ended.v1', planId)).toMatchObject({
      data: { endedOn: today, reason: 'DEATH' },
    });
    const [row] = await scenario.service.sql(
      `select (select taken from programme_service where programme_id = $1) as taken,
              (select count(*)::int from waiting_list_entry where programme_id = $2) as waiting,
              (select ending from deadline where subject_id = $3 and kind = 'QUALIFICATION') as deadline`,
      [unused.programmeId, full.programmeId, submitted.id],
    );
    expect(row).toEqual({ taken: 0, waiting: 0, deadline: 'DROPPED' });
    expect(await scenario.get(`/persons/${personId}`, desk)).toMatchObject({ body: { death } });
    expect(await scenario.service.published('cases.person.died.v1', personId)).toMatchObject({ data: death });
    expect((await scenario.get('/applications?state=DISCONTINUED', desk)).body['items']).toHaveLength(3);
  });

  it('is the end of acts for the person', async () => {
    const personId = await scenario.person();
    const { offerId } = await scenario.offer(3);
    await die(personId);
    expect(problemOf(await scenario.post('/applications', desk, filing(personId, offerId)))).toEqual([
      409,
      'person-dead',
    ]);
    expect(problemOf(await die(personId))).toEqual([409, 'person-dead']);
    expect(problemOf(await leave(personId))).toEqual([409, 'person-dead']);
  });

  it('leaves nothing open, whatever is filed at the same time', async () => {
    const { offerId } = await scenario.offer(9);
    for (let n = 0; n < 6; n += 1) {
      const personId = await scenario.person();
      const [ended, filed] = await Promise.all([
        scenario.post(`/persons/${personId}/death`, desk, death, 1),
        scenario.post('/applications', desk, filing(personId, offerId)),
      ]);
      expect(ended.status).toBe(200);
      expect([201, 409]).toContain(filed.status);
      const open = await scenario.service.sql(
        "select id from application where person_id = $1 and state <> 'DISCONTINUED'",
        [personId],
      );
      expect(open).toEqual([]);
    }
  }, 60_000);

  it('leaves no plan in force, whatever is approved at the same time', async () => {
    const authorisationId = await scenario.authorisation(director.sub, ['APPROVE_PLANS']);
    for (let n = 0; n < 3; n += 1) {
      const { planId, application } = await scenario.pendingPlan();
      const [ended, approved] = await Promise.all([
        scenario.post(`/persons/${application.personId}/death`, desk, death, 1),
        scenario.post(`/plans/${planId}/approval`, director, { authorisationId }, 3),
      ]);
      expect(ended.status).toBe(200);
      expect([200, 412]).toContain(approved.status);
      const { state } = (await scenario.get(`/plans/${planId}`, director)).body;
      expect(state).toBe(approved.status === 200 ? 'ENDED' : 'ABANDONED');
    }
  }, 60_000);

  it('ends with the record that goes on also what was filed under one that was merged', async () => {
    const { offerId } = await scenario.offer(3);
    const filed = await scenario.file([offerId]);
    const survivor = await scenario.person();
    const merging = { duplicateId: filed.personId, duplicateVersion: 1, evidence: 'OWN_STATEMENT', reason: 'Ta sama.' };
    await scenario.post(`/persons/${survivor}/merge`, organiser, merging, 1);
    expect(problemOf(await die(filed.personId))).toEqual([409, 'person-merged']);
    expect((await die(survivor)).body['ended']).toMatchObject({ applications: [{ id: filed.id }] });
    expect(await statesOf(filed)).toEqual(['DISCONTINUED']);
  });

  it('that was recorded by mistake is taken back, and what it ended stays ended', async () => {
    const { offerId } = await scenario.offer(3);
    const filed = await scenario.file([offerId]);
    const { ended } = (await die(filed.personId)).body;
    expect(await correct(filed.personId, 'death')).toMatchObject({ status: 200, body: { version: 3, ended } });
    expect(await statesOf(filed)).toEqual(['DISCONTINUED']);
    expect(await scenario.get(`/persons/${filed.personId}`, desk)).toMatchObject({ body: { death: null } });
    expect(await scenario.post('/applications', desk, filing(filed.personId, offerId))).toMatchObject({ status: 201 });
    expect(problemOf(await correct(filed.personId, 'death'))).toEqual([409, 'wrong-state']);
    expect(await scenario.facts(filed.personId)).toEqual([
      'person.registered',
      'person.died',
      'person.death-corrected',
    ]);
  });

  it.each([
    ['a day to come', { diedOn: addDays(today, 1) }, [422, 'death-date-wrong']],
    ['an unknown source', { source: 'RUMOUR' }, [400, 'invalid-request']],
    ['no day', { diedOn: undefined }, [400, 'invalid-request']],
  ])('is refused with %s', async (_, wrong, problem) => {
    const personId = await scenario.person();
    const body = { ...death, ...wrong };
    expect(problemOf(await scenario.post(`/persons/${personId}/death`, desk, body, 1))).toEqual(problem);
    expect(problemOf(await scenario.post(`/persons/${personId}/death`, desk, death, 9))).toEqual([
      412,
      'stale-version',
    ]);
    expect(await scenario.facts(personId)).toEqual(['person.registered']);
  });
});

describe('moving out', () => {
  it('ends what programmes of that gmina give, and nothing else', async () => {
    const { planId, application } = await scenario.approvedPlan();
    const { personId } = application;
    const [here, there] = [await scenario.offer(1), await scenario.offer(1)];
    const ending = await scenario.file([here.offerId], { personId });
    const staying = await scenario.file([there.offerId], { personId });
    await scenario.service.sql('update programme set terc = $2 where id = $1', [there.programmeId, elsewhere]);
    const { body } = await leave(personId, { toTerc: elsewhere });
    expect(body['ended']).toEqual({
      applications: [{ id: ending.id, itemIds: ending.itemIds }],
      plans: [planId],
      fees: [],
      participations: [],
    });
    expect(await scenario.service.published('cases.plan.ended.v1', planId)).toMatchObject({
      data: { reason: 'LEFT_GMINA' },
    });
    expect(await scenario.service.published('cases.person.departed.v1', personId)).toMatchObject({
      gmina,
      data: { leftOn: today, fromTerc: gmina, toTerc: elsewhere },
    });
    expect(await scenario.actOnItem(staying, staying.itemIds[0] ?? '', 'qualification')).toMatchObject({ status: 200 });
    expect(await scenario.get(`/persons/${personId}`, desk)).toMatchObject({
      body: { terc: elsewhere, departure: { leftOn: today, fromTerc: gmina, toTerc: elsewhere } },
    });
  });

  it('to nobody knows where closes the desk until the residence is known', async () => {
    const personId = await scenario.person();
    const { offerId } = await scenario.offer(3);
    await leave(personId);
    expect(problemOf(await scenario.post('/applications', desk, filing(personId, offerId)))).toEqual([
      422,
      'residence-unknown',
    ]);
    expect(problemOf(await leave(personId))).toEqual([409, 'wrong-state']);
    const identity = { givenName: 'Żaneta', familyName: 'Łoś', terc: gmina, reasonCode: 'CAME_BACK' };
    expect(await scenario.post(`/persons/${personId}/identity`, desk, identity, 2)).toMatchObject({ status: 200 });
    expect(await scenario.post('/applications', desk, filing(personId, offerId))).toMatchObject({ status: 201 });
  });

  it('that was recorded by mistake is taken back', async () => {
    const personId = await scenario.person();
    await leave(personId, { toTerc: elsewhere });
    expect(await correct(personId, 'departure')).toMatchObject({
      status: 200,
      body: { version: 3, ended: { applications: [], plans: [] } },
    });
    expect(await scenario.get(`/persons/${personId}`, desk)).toMatchObject({ body: { terc: gmina, departure: null } });
    expect(problemOf(await correct(personId, 'departure'))).toEqual([409, 'wrong-state']);
  });

  it.each([
    ['within the gmina', { toTerc: gmina }, [422, 'same-gmina']],
    ['on a day to come', { leftOn: addDays(today, 1) }, [422, 'day-in-the-future']],
    ['to no gmina', { toTerc: 'Elbląg' }, [400, 'invalid-request']],
  ])('is refused %s', async (_, wrong, problem) => {
    const personId = await scenario.person();
    expect(problemOf(await leave(personId, wrong))).toEqual(problem);
    expect(await scenario.facts(personId)).toEqual(['person.registered']);
  });
});
