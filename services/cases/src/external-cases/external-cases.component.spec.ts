import { coordinator, desk, idOf, type Json, organiser, problemOf, Scenario } from '../scenario';

jest.setTimeout(30_000);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const caseOf = (personId: string, more: Json = {}): Json => ({
  personId,
  system: 'POMOST',
  number: 'MOPS.5110.17.2026',
  kindCode: 'ZASILEK_STALY',
  status: 'OPEN',
  from: '2026-01-01',
  ...more,
});

describe('a case in another system', () => {
  it('is referred to, updated and listed; what it is about is ciphertext and in no event', async () => {
    const personId = await scenario.person();
    const id = idOf(await scenario.twice('/external-cases', desk, caseOf(personId)));
    const changed = { kindCode: 'ZASILEK_OKRESOWY', status: 'CLOSED', from: '2026-01-01', to: '2026-06-30' };
    expect(await scenario.twice(`/external-cases/${id}/update`, coordinator, changed, 1)).toMatchObject({
      status: 200,
      body: { id, version: 2 },
    });
    const view = {
      ...caseOf(personId),
      ...changed,
      id,
      version: 2,
      unit: 'main',
      recordedBy: desk.sub,
    };
    expect((await scenario.get(`/external-cases?personId=${personId}`, organiser)).body).toEqual({ items: [view] });
    expect((await scenario.get(`/external-cases/${id}`, desk)).body).toEqual(view);
    expect(await scenario.facts(id)).toEqual(['external-case.registered', 'external-case.updated']);
    expect((await scenario.service.published('cases.external-case.updated.v1', id)).data).toEqual({ personId });
    const [row] = await scenario.service.sql<{ text: string }>(
      'select external_case::text as text from external_case where id = $1',
      [id],
    );
    const hex = (text: string): string => Buffer.from(text).toString('hex');
    for (const secret of ['MOPS.5110.17.2026', 'ZASILEK']) {
      expect(row?.text).not.toContain(secret);
      expect(row?.text).not.toContain(hex(secret));
    }
    expect((await scenario.accesses(personId)).map(({ act, groups }) => [act, groups])).toEqual([
      ['WRITE', ['IDENTITY']],
      ['WRITE', ['EXTERNAL_CASE']],
      ['WRITE', ['EXTERNAL_CASE']],
      ['READ', ['EXTERNAL_CASE']],
      ['READ', ['EXTERNAL_CASE']],
    ]);
  });

  it('is referred to once for each of those whom it is about, also when they are told of at once', async () => {
    const [anna, jan] = [await scenario.person(), await scenario.person()];
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => scenario.post('/external-cases', desk, caseOf(anna))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(problemOf(await scenario.post('/external-cases', desk, caseOf(anna)))).toEqual([
      409,
      'external-case-exists',
    ]);
    expect(await scenario.post('/external-cases', desk, caseOf(jan))).toMatchObject({ status: 201 });
    expect(await scenario.post('/external-cases', desk, caseOf(anna, { system: 'TT_POMOC' }))).toMatchObject({
      status: 201,
    });
  });

  it('is refused with a word on what is wrong', async () => {
    const personId = await scenario.person();
    const refused = async (more: Json) =>
      problemOf(await scenario.post('/external-cases', desk, caseOf(personId, more)));
    expect(await refused({ to: '2025-12-31' })).toEqual([422, 'period-reversed']);
    expect(await refused({ system: 'pomost' })).toEqual([400, 'invalid-request']);
    expect(await refused({ amount: 100 })).toEqual([400, 'invalid-request']);
    const north = { ...desk, unit: 'north' };
    expect(problemOf(await scenario.post('/external-cases', north, caseOf(personId)))).toEqual([404, 'not-found']);
    expect((await scenario.get(`/external-cases?personId=${personId}`, organiser)).body['items']).toEqual([]);
  });
});
