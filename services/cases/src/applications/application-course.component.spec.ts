import { addDays, addMonths } from '@okienko/contracts/calendar';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { event } from '@okienko/contracts/event';
import type { Principal } from '@okienko/chassis/access';
import type { Answer } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import {
  coordinator,
  desk,
  director,
  type Filed,
  gmina,
  idOf,
  type Json,
  organiser,
  problemOf,
  Scenario,
  statement,
  today,
} from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const provider = { ...coordinator, providerId: uuidv7() };
const criteria = [
  {
    anyOf: [
      { allOf: [{ kind: 'STATEMENT', code: 'DEPENDENT' }] },
      { allOf: [{ kind: 'EVIDENCE', code: 'CERTIFICATE' }] },
    ],
  },
];
const facts = {
  disability: 'SIGNIFICANT',
  statements: [{ code: 'DEPENDENT', holds: true }],
  evidence: [{ code: 'CERTIFICATE', shownOn: today }],
  household: [{ birthDate: '1950-05-14', disability: 'NONE' }],
  incomePerPersonGrosze: 123_456,
};

/** An offer whose programme asks for a statement and a document, and may collect these categories of data. */
async function asking(dataScope: string[] = ['DISABILITY', 'HOUSEHOLD', 'AGE', 'INCOME']): Promise<string> {
  const { offerId, programmeId } = await scenario.offer(5);
  const terms = { serviceCode: 'teleopieka', expectedPersons: 5, queueRule: 'NONE', criteria } as const;
  const period = { validFrom: addDays(today, -300), validTo: addDays(today, 300) };
  const edition = { programmeVersion: 2, terc: gmina, ...period, services: [terms], dataScope };
  await scenario.tell(event(programmeEnteredIntoForceV1, programmeId, edition as never));
  await scenario.known('select from programme where id = $1 and programme_version = 2', [programmeId]);
  return offerId;
}

/** One act on the application as a whole, at its present version unless another is given. */
async function act(
  id: string,
  name: string,
  body: object = {},
  as: Partial<Principal> = coordinator,
  { key, version }: { key?: string; version?: number } = {},
): Promise<Answer<Json>> {
  const ifMatch = version ?? (await scenario.version(`/applications/${id}`));
  return scenario.post(`/applications/${id}/${name}`, as, body, ifMatch, key === undefined ? {} : { key });
}

const done = async (...args: Parameters<typeof act>): Promise<void> =>
  expect(await act(...args)).toMatchObject({ status: 200 });
const read = async (id: string): Promise<Json> => (await scenario.get(`/applications/${id}`, coordinator)).body;
const statesOf = async (id: string): Promise<string[]> =>
  ((await read(id))['items'] as { state: string }[]).map(({ state }) => state);
const clocksOf = (id: string): Promise<Json[]> =>
  scenario.service.sql(
    `select kind, subject_id::text as subject, assignee, awaited, due_on::text as "dueOn", ending from deadline
     where application_id = $1 order by kind, started_at`,
    [id],
  );
const called = { missing: ['CERTIFICATE'], dueDays: 7 };

describe('an application in one call', () => {
  it('holds all that belongs to it, and shows it to whom it may with a trace', async () => {
    const [offerId, personId, applicantPersonId, needReportId] = [
      await asking(),
      await scenario.person(),
      await scenario.person(),
      uuidv7(),
    ];
    const shown = { shownAt: `${addDays(today, -1)}T10:00:00Z`, manner: 'SIGNATURE' };
    const answer = await scenario.post('/applications', desk, {
      personId,
      applicantRole: 'ACTUAL_CARER',
      applicantPersonId,
      channel: 'DESK',
      statement: { ...statement, ...shown },
      items: [{ offerId, quantity: 6 }],
      facts,
      needReportId,
    });
    const id = idOf(answer);
    expect(await read(id)).toMatchObject({
      applicantPersonId,
      clauseShown: shown,
      needReportId,
      facts,
      items: [{ offerId, quantity: 6, state: 'SUBMITTED' }],
      coordinator: null,
      completionCall: null,
      delays: [],
    });
    expect(await scenario.accesses(personId)).toMatchObject([
      { act: 'WRITE', groups: ['IDENTITY'] },
      { act: 'WRITE', groups: ['APPLICATION', 'STATED_FACTS'], caseRef: id },
      { act: 'READ', groups: ['APPLICATION', 'STATED_FACTS'], caseRef: id },
    ]);
    const told = await scenario.service.published('cases.application.submitted.v1', id);
    expect(told.data).toMatchObject({ personId, needReportId });
    const rows = await scenario.service.sql<{ row: string }>(
      `select a::text as row from application a where id = $1 union all select o::text from outbox o where aggregate_id = $1`,
      [id],
    );
    for (const { row } of rows)
      for (const secret of ['DEPENDENT', 'CERTIFICATE', 'SIGNIFICANT', '1950-05-14', '123456'])
        expect(row).not.toContain(secret);
  });

  it('runs its clock from the filing', async () => {
    const filedOn = addDays(today, -5);
    const { id } = await scenario.file([(await scenario.offer(5)).offerId], { filedAt: `${filedOn}T10:00:00Z` });
    const [dueOn] = [addMonths(filedOn, 1), addDays(filedOn, 30)].sort();
    expect(await clocksOf(id)).toEqual([
      { kind: 'QUALIFICATION', subject: id, assignee: null, awaited: 'CENTRE', dueOn, ending: null },
    ]);
  });

  it('holds nothing that its services do not ask for, and nobody who cannot apply', async () => {
    const [offerId, silent, narrow] = [await asking(), (await scenario.offer(5)).offerId, await asking(['HOUSEHOLD'])];
    const personId = await scenario.person();
    const carer = { applicantRole: 'ACTUAL_CARER', applicantPersonId: personId };
    const body = (offer: string, more: object): object => ({
      personId,
      applicantRole: 'PERSON',
      channel: 'DESK',
      statement,
      items: [{ offerId: offer }],
      ...more,
    });
    const refusals: [object, [number, string]][] = [
      [body(silent, { facts: { statements: facts.statements } }), [422, 'statement-not-asked']],
      [body(silent, { facts: { evidence: facts.evidence } }), [422, 'evidence-not-asked']],
      [body(offerId, { facts: { statements: [{ code: 'DIAGNOSIS', holds: true }] } }), [422, 'statement-not-asked']],
      [body(narrow, { facts: { household: [], disability: 'NONE' } }), [422, 'outside-data-scope']],
      [body(narrow, { facts: { incomePerPersonGrosze: 0 } }), [422, 'outside-data-scope']],
      [
        body(offerId, { facts: { evidence: [{ code: 'CERTIFICATE', shownOn: addDays(today, 1) }] } }),
        [422, 'day-in-the-future'],
      ],
      [body(offerId, { facts: { income: 1 } }), [400, 'invalid-request']],
      [body(offerId, { facts: { statements: [{ code: 'A', holds: 1 }] } }), [400, 'invalid-request']],
      [body(offerId, { facts: { statements: [facts.statements[0], facts.statements[0]] } }), [400, 'invalid-request']],
      [body(offerId, { facts: null }), [400, 'invalid-request']],
      [body(offerId, { items: [{ offerId, quantity: 0 }] }), [400, 'invalid-request']],
      [body(offerId, { statement: { ...statement, manner: 'SIGNATURE' } }), [400, 'invalid-request']],
      [
        body(offerId, { statement: { ...statement, manner: 'ELECTRONIC', shownAt: `${addDays(today, 2)}T00:00:00Z` } }),
        [422, 'clause-shown-in-the-future'],
      ],
      [body(offerId, carer), [422, 'applicant-wrong']],
      [body(offerId, { ...carer, applicantPersonId: uuidv7() }), [404, 'not-found']],
    ];
    for (const [bad, problem] of refusals)
      expect(problemOf(await scenario.post('/applications', desk, bad))).toEqual(problem);
    expect(await scenario.service.sql('select from application where person_id = $1', [personId])).toEqual([]);
  });
});

describe('what was stated', () => {
  it('is revised as a whole, once however often it is repeated, and no event tells what', async () => {
    const filed = await scenario.file([await asking()], { facts });
    const key = crypto.randomUUID();
    const revised = { statements: [{ code: 'DEPENDENT', holds: false }] };
    for (const _ of [1, 2]) await done(filed.id, 'facts', revised, desk, { key, version: 1 });
    expect(await read(filed.id)).toMatchObject({ version: 2, facts: revised });
    expect((await scenario.service.published('cases.application.facts-revised.v1', filed.id)).data).toEqual({
      personId: filed.personId,
    });
    expect(problemOf(await act(filed.id, 'facts', revised, desk, { version: 1 }))).toEqual([412, 'stale-version']);
    expect(
      problemOf(await act(filed.id, 'facts', { disability: 'LIGHT', statements: [{ code: 'X', holds: true }] })),
    ).toEqual([422, 'statement-not-asked']);
    await done(filed.id, 'withdrawal');
    expect(problemOf(await act(filed.id, 'facts', revised))).toEqual([409, 'wrong-state']);
    expect(await scenario.facts(filed.id)).toEqual([
      'application.submitted',
      'application.facts-revised',
      'application.withdrawn',
    ]);
  });
});

describe('a call for completion', () => {
  const incomplete = async (): Promise<Filed> => {
    const filed = await scenario.file([(await scenario.offer(5)).offerId]);
    await done(filed.id, 'completion-call', called);
    return filed;
  };
  /** As if the term had passed. */
  const passTerm = (id: string) =>
    scenario.service.sql(`update application set completion_call = completion_call || $2 where id = $1`, [
      id,
      JSON.stringify({ dueOn: addDays(today, -1) }),
    ]);

  it('stops the rest until what is missing has come; the applicant has seven days from its service', async () => {
    const filed = await scenario.file([(await scenario.offer(5)).offerId]);
    const [first, second, third] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
    for (const _ of [1, 2]) await done(filed.id, 'completion-call', called, coordinator, { key: first, version: 1 });
    expect(await read(filed.id)).toMatchObject({
      state: 'INCOMPLETE',
      completionCall: { calledOn: today, dueDays: 7, missing: ['CERTIFICATE'] },
    });
    expect(problemOf(await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification'))).toEqual([
      409,
      'wrong-state',
    ]);
    for (const _ of [1, 2])
      await done(filed.id, 'completion-call/service', { servedOn: today }, desk, { key: second, version: 2 });
    expect(await clocksOf(filed.id)).toMatchObject([
      { kind: 'COMPLETION', awaited: 'APPLICANT', dueOn: addDays(today, 7), ending: null },
      { kind: 'QUALIFICATION', ending: null },
    ]);
    for (const _ of [1, 2]) await done(filed.id, 'completion', {}, desk, { key: third, version: 3 });
    expect(await read(filed.id)).toMatchObject({
      version: 4,
      state: 'SUBMITTED',
      completionCall: { dueOn: addDays(today, 7), endedOn: today },
    });
    expect(await clocksOf(filed.id)).toMatchObject([{ ending: 'MET' }, { kind: 'QUALIFICATION', ending: null }]);
    expect(await scenario.facts(filed.id)).toEqual([
      'application.submitted',
      'application.completion-requested',
      'application.completion-call-served',
      'application.completed',
    ]);
    const rows = await scenario.service.sql<{ row: string }>('select a::text as row from application a where id = $1', [
      filed.id,
    ]);
    expect(rows[0]?.row).not.toContain('CERTIFICATE');
  });

  it('ends unexamined by an act of the centre, after its term only', async () => {
    const { id } = await incomplete();
    expect(problemOf(await act(id, 'left-unexamined'))).toEqual([422, 'completion-term-runs']);
    await done(id, 'completion-call/service', { servedOn: today });
    expect(problemOf(await act(id, 'left-unexamined'))).toEqual([422, 'completion-term-runs']);
    await passTerm(id);
    expect(problemOf(await act(id, 'left-unexamined', {}, provider))).toEqual([403, 'reserved-for-centre']);
    const key = crypto.randomUUID();
    for (const _ of [1, 2]) await done(id, 'left-unexamined', {}, coordinator, { key, version: 3 });
    expect(await read(id)).toMatchObject({ state: 'LEFT_UNEXAMINED', version: 4 });
    expect(await clocksOf(id)).toMatchObject([{ ending: 'DROPPED' }, { ending: 'DROPPED' }]);
    for (const name of ['completion', 'withdrawal', 'facts', 'left-unexamined'])
      expect([name, problemOf(await act(id, name))]).toEqual([name, [409, 'wrong-state']]);
  });

  it('is refused when it is not as the law wants it', async () => {
    const filed = await scenario.file([(await scenario.offer(5)).offerId]);
    expect(problemOf(await act(filed.id, 'completion-call', { ...called, dueDays: 6 }))).toEqual([
      422,
      'completion-term-too-short',
    ]);
    expect(problemOf(await act(filed.id, 'completion-call', { ...called, missing: [] }))).toEqual([
      400,
      'invalid-request',
    ]);
    expect(problemOf(await act(filed.id, 'completion-call', called, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await act(filed.id, 'completion-call', called, provider))).toEqual([403, 'reserved-for-centre']);
    expect(problemOf(await act(filed.id, 'completion-call/service', { servedOn: today }))).toEqual([
      409,
      'wrong-state',
    ]);
    const { id } = await incomplete();
    expect(problemOf(await act(id, 'completion-call/service', { servedOn: addDays(today, 1) }))).toEqual([
      422,
      'call-date-wrong',
    ]);
    expect(problemOf(await act(id, 'completion', { completedOn: addDays(today, -1) }))).toEqual([
      422,
      'call-date-wrong',
    ]);
  });

  it('and a withdrawal at the same time: one of them happens, and every clock fits it', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const { id } = await incomplete();
      await done(id, 'completion-call/service', { servedOn: today });
      const race = ['completion', 'withdrawal'].map((name) => act(id, name, {}, desk, { version: 3 }));
      const answers = await Promise.all(round % 2 === 0 ? race : race.reverse());
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      const { state } = await read(id);
      outcomes.add(String(state));
      expect(await clocksOf(id)).toMatchObject(
        state === 'SUBMITTED' ? [{ ending: 'MET' }, { ending: null }] : [{ ending: 'DROPPED' }, { ending: 'DROPPED' }],
      );
      expect(await scenario.facts(id)).toHaveLength(4);
    }
    for (const state of outcomes) expect(['SUBMITTED', 'WITHDRAWN']).toContain(state);
  }, 60_000);
});

describe('forwarding', () => {
  it('is in part, and its papers follow', async () => {
    const [one, two] = [await scenario.offer(5), await scenario.offer(5)];
    const { id, itemIds } = await scenario.file([one.offerId, two.offerId]);
    const [first = ''] = itemIds;
    const body = {
      items: [{ itemId: first }],
      target: { kind: 'GMINA_UNIT', officeCode: 'ADDICTION_CLINIC' },
      agreedOn: today,
    };
    const [forwarding, dispatch] = [crypto.randomUUID(), crypto.randomUUID()];
    for (const _ of [1, 2]) await done(id, 'forwarding', body, coordinator, { key: forwarding, version: 1 });
    expect(await statesOf(id)).toEqual(['FORWARDED', 'SUBMITTED']);
    expect(await clocksOf(id)).toMatchObject([
      { kind: 'FORWARDING', subject: first, awaited: 'CENTRE', ending: null },
      { kind: 'QUALIFICATION', ending: null },
    ]);
    const told = await scenario.service.published('cases.application.forwarded.v1', id);
    expect(told.data).toMatchObject({ itemId: first, targetKind: 'GMINA_UNIT', agreedOn: today });
    expect(JSON.stringify(told)).not.toContain('ADDICTION');
    for (const _ of [1, 2])
      await done(id, 'forwarding/dispatch', { sentOn: today }, desk, { key: dispatch, version: 2 });
    expect(await clocksOf(id)).toMatchObject([{ ending: 'MET' }, { ending: null }]);
    expect((await read(id))['items']).toMatchObject([
      { forwarding: { target: body.target, agreedOn: today, sentOn: today } },
      { state: 'SUBMITTED' },
    ]);
    expect(problemOf(await act(id, 'forwarding', body))).toEqual([409, 'wrong-state']);
    expect(problemOf(await act(id, 'forwarding/dispatch', { sentOn: today }))).toEqual([409, 'wrong-state']);
  });

  it('of the whole leaves nothing to be answered here', async () => {
    const { id } = await scenario.file([(await scenario.offer(5)).offerId]);
    const body = { target: { kind: 'CENTRE_TEAM', officeCode: 'FAMILY_TEAM' }, agreedOn: today, sentOn: today };
    expect(problemOf(await act(id, 'forwarding', body, organiser))).toEqual([403, 'not-allowed']);
    expect(problemOf(await act(id, 'forwarding', body, provider))).toEqual([403, 'reserved-for-centre']);
    expect(problemOf(await act(id, 'forwarding', { ...body, sentOn: addDays(today, 1) }))).toEqual([
      422,
      'forwarding-date-wrong',
    ]);
    expect(problemOf(await act(id, 'forwarding', { ...body, items: [{ itemId: uuidv7() }] }))).toEqual([
      404,
      'not-found',
    ]);
    await done(id, 'forwarding', body);
    expect(await read(id)).toMatchObject({ state: 'FORWARDED' });
    expect(await clocksOf(id)).toMatchObject([{ kind: 'QUALIFICATION', ending: 'DROPPED' }]);
    expect(problemOf(await act(id, 'forwarding', body))).toEqual([409, 'wrong-state']);
  });
});

describe('the withdrawal of the whole', () => {
  it('frees places and waiting list, from every open state, once', async () => {
    const [taken, queued, plain] = [
      await scenario.offer(1),
      await scenario.offer(1, { queueRule: 'FILING_TIME' }),
      await scenario.offer(5),
    ];
    await scenario.qualified(queued.offerId);
    const filed = await scenario.file([taken.offerId, queued.offerId, plain.offerId]);
    const [first = '', second = ''] = filed.itemIds;
    await scenario.actOnItem(filed, first, 'qualification');
    await scenario.actOnItem(filed, second, 'waiting-list-entry');
    expect(await statesOf(filed.id)).toEqual(['QUALIFIED', 'WAITLISTED', 'SUBMITTED']);
    const key = crypto.randomUUID();
    for (const _ of [1, 2]) await done(filed.id, 'withdrawal', {}, desk, { key, version: 3 });
    expect(await read(filed.id)).toMatchObject({ state: 'WITHDRAWN', version: 6 });
    expect(
      await scenario.service.sql('select taken from programme_service where programme_id = $1', [taken.programmeId]),
    ).toEqual([{ taken: 0 }]);
    expect(await scenario.service.sql('select from waiting_list_entry where item_id = $1', [second])).toEqual([]);
    expect(await clocksOf(filed.id)).toMatchObject([{ ending: 'DROPPED' }]);
    expect(problemOf(await act(filed.id, 'withdrawal', {}, desk))).toEqual([409, 'wrong-state']);
    expect((await scenario.facts(filed.id)).slice(3)).toEqual(Array(3).fill('application.withdrawn'));
  });

  it('takes nothing away that a plan uses', async () => {
    const { application } = await scenario.approvedPlan();
    expect(problemOf(await act(application.id, 'withdrawal', {}, desk))).toEqual([409, 'place-in-use']);
    expect(await statesOf(application.id)).toEqual(['QUALIFIED']);
  });

  it('of its last undecided service ends the clock of the decision', async () => {
    const [one, two] = [await scenario.offer(5), await scenario.offer(5)];
    const filed = await scenario.file([one.offerId, two.offerId]);
    const [first = '', second = ''] = filed.itemIds;
    await scenario.actOnItem(filed, first, 'qualification');
    expect(await scenario.actOnItem(filed, second, 'withdrawal', desk)).toMatchObject({ status: 200 });
    expect(await clocksOf(filed.id)).toMatchObject([{ kind: 'QUALIFICATION', ending: 'DROPPED' }]);
  });
});

describe('the coordinator', () => {
  it('gets the clocks with the application, and finds it in the list', async () => {
    const { id } = await scenario.file([(await scenario.offer(5)).offerId]);
    const account = `kipus-${uuidv7()}`;
    const body = { coordinator: account, reasonCode: 'FIRST_ASSIGNMENT' };
    const key = crypto.randomUUID();
    for (const _ of [1, 2]) await done(id, 'coordinator', body, organiser, { key, version: 1 });
    expect(await clocksOf(id)).toMatchObject([{ kind: 'QUALIFICATION', assignee: account }]);
    expect((await scenario.service.published('cases.application.coordinator-assigned.v1', id)).data).toMatchObject(
      body,
    );
    const { body: page } = await scenario.get(`/applications?coordinator=${account}`, coordinator);
    expect(page['items']).toMatchObject([{ id, coordinator: account }]);
    await done(id, 'completion-call', called);
    await done(id, 'completion-call/service', { servedOn: today });
    expect(await clocksOf(id)).toMatchObject([{ kind: 'COMPLETION', assignee: account }, { assignee: account }]);
    await done(id, 'coordinator', { coordinator: 'kipus-ewa', reasonCode: 'LEAVE' }, director);
    expect(await clocksOf(id)).toMatchObject([{ assignee: 'kipus-ewa' }, { assignee: 'kipus-ewa' }]);
    expect(problemOf(await act(id, 'coordinator', body, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await act(id, 'coordinator', { ...body, coordinator: 'Ewa Nowak' }))).toEqual([
      400,
      'invalid-request',
    ]);
  });
});

describe('a delay because of the applicant', () => {
  it('is recorded and shown, and stops no clock', async () => {
    const filedAt = `${addDays(today, -9)}T10:00:00Z`;
    const { id } = await scenario.file([(await scenario.offer(5)).offerId], { filedAt });
    const before = await clocksOf(id);
    const delay = { from: addDays(today, -5), to: addDays(today, -2), causeCode: 'NO_CONTACT' };
    const key = crypto.randomUUID();
    for (const _ of [1, 2]) await done(id, 'delays', delay, coordinator, { key, version: 1 });
    expect(await read(id)).toMatchObject({ delays: [delay] });
    expect(await clocksOf(id)).toEqual(before);
    expect((await scenario.service.published('cases.application.delay-recorded.v1', id)).data).toMatchObject(delay);
    for (const wrong of [{ from: addDays(today, -10) }, { to: addDays(today, 1) }, { to: addDays(today, -6) }])
      expect(problemOf(await act(id, 'delays', { ...delay, ...wrong }))).toEqual([422, 'delay-wrong']);
  });
});

describe('who may see to it', () => {
  it('is nobody of another unit', async () => {
    const { id } = await scenario.file([(await scenario.offer(5)).offerId]);
    const north = { ...coordinator, unit: 'north' };
    const bodies: Record<string, object> = {
      facts: {},
      'completion-call': called,
      'completion-call/service': { servedOn: today },
      completion: {},
      'left-unexamined': {},
      forwarding: { target: { kind: 'CENTRE_TEAM', officeCode: 'A' }, agreedOn: today },
      'forwarding/dispatch': { sentOn: today },
      withdrawal: {},
      coordinator: { coordinator: 'x', reasonCode: 'LEAVE' },
      delays: { from: today, to: today, causeCode: 'OTHER' },
    };
    for (const [name, body] of Object.entries(bodies)) {
      expect([name, problemOf(await act(id, name, body, north, { version: 1 }))]).toEqual([name, [404, 'not-found']]);
      expect([name, problemOf(await scenario.post(`/applications/${id}/${name}`, coordinator, body))]).toEqual([
        name,
        [428, 'version-required'],
      ]);
    }
    expect(await scenario.facts(id)).toEqual(['application.submitted']);
  });
});
