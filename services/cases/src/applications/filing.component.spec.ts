import { addDays } from '@okienko/contracts/calendar';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { event } from '@okienko/contracts/event';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, gmina, idOf, type Json, problemOf, Scenario, statement, today } from '../scenario';
import { clockFrom } from '../terms/clocks';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

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

const done = async (...args: Parameters<Scenario['act']>): Promise<void> =>
  expect(await scenario.act(...args)).toMatchObject({ status: 200 });
const read = async (id: string): Promise<Json> => (await scenario.get(`/applications/${id}`, coordinator)).body;

describe('an application in one call', () => {
  it('holds all that belongs to it, and shows it to whom it may with a trace', async () => {
    const [offerId, personId, applicantPersonId, needReportId] = [
      await asking(),
      await scenario.person(),
      await scenario.person(),
      uuidv7(),
    ];
    const shown = { shownAt: `${addDays(today, -1)}T10:00:00Z`, manner: 'SIGNATURE' };
    const application = {
      personId,
      applicantRole: 'ACTUAL_CARER',
      applicantPersonId,
      channel: 'DESK',
      statement: { ...statement, ...shown },
      items: [{ offerId, quantity: 6 }],
      facts,
      needReportId,
    };
    expect(problemOf(await scenario.post('/applications', desk, application))).toEqual([
      422,
      'not-their-representative',
    ]);
    const carer = {
      personId,
      representativeId: applicantPersonId,
      basis: 'FAMILY_CARE',
      validFrom: addDays(today, -30),
    };
    idOf(await scenario.post('/representations', desk, carer));
    const answer = await scenario.post('/applications', desk, application);
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
      { act: 'WRITE', groups: ['REPRESENTATION'] },
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
    const { dueOn } = clockFrom('QUALIFICATION', filedOn);
    expect(await scenario.clocks(id)).toEqual([
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
    expect(problemOf(await scenario.act(filed.id, 'facts', revised, desk, { version: 1 }))).toEqual([
      412,
      'stale-version',
    ]);
    expect(
      problemOf(
        await scenario.act(filed.id, 'facts', { disability: 'LIGHT', statements: [{ code: 'X', holds: true }] }),
      ),
    ).toEqual([422, 'statement-not-asked']);
    await done(filed.id, 'withdrawal');
    expect(problemOf(await scenario.act(filed.id, 'facts', revised))).toEqual([409, 'wrong-state']);
    expect(await scenario.facts(filed.id)).toEqual([
      'application.submitted',
      'application.facts-revised',
      'application.withdrawn',
    ]);
  });
});
