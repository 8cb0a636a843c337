import { coordinator, desk, director, finance, type Json, organiser, problemOf, Scenario, today } from '../scenario';
import { answers, declaration, participantIn, projectIn } from './project-scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const reports = ['figures', 'participants', 'participants.csv'];

function labourIn(body: Json): Record<string, unknown> {
  const all = body['indicators'] as { code: string; answers: { value: string; persons: Json }[] }[];
  const labour = all.find(({ code }) => code === 'LABOUR_STATUS')?.answers ?? [];
  return Object.fromEntries(labour.map(({ value, persons }) => [value, persons['value']]));
}

describe('the figures of a project', () => {
  it('count persons, not records, and tell nothing of a few outside the unit', async () => {
    const projectId = await projectIn(scenario);
    const employed = { declaredOn: '2025-03-01', indicators: answers('ENTRY', { LABOUR_STATUS: 'EMPLOYED' }) };
    const inactive = { declaredOn: '2025-03-01', indicators: answers('ENTRY', { LABOUR_STATUS: 'INACTIVE' }) };
    const joined = [];
    for (const more of [...Array<Json>(6).fill(employed), ...Array<Json>(2).fill(inactive)])
      joined.push(await participantIn(scenario, projectId, more));
    const [survivor, duplicate] = joined;
    const merging = { duplicateVersion: 1, evidence: 'OTHER_OFFICE', reason: 'Ta sama.' };
    const merge = { ...merging, duplicateId: duplicate?.personId };
    expect(await scenario.post(`/persons/${survivor?.personId}/merge`, organiser, merge, 1)).toMatchObject({
      status: 200,
    });
    await participantIn(scenario, projectId);

    const { body: inside } = await scenario.get(`/projects/${projectId}/figures`, coordinator);
    expect(inside).toMatchObject({ unit: 'main', moment: 'ENTRY', until: today, persons: { value: 8 } });
    expect(labourIn(inside)).toEqual({ EMPLOYED: 6, UNEMPLOYED: 0, LONG_TERM_UNEMPLOYED: 0, INACTIVE: 2, UNKNOWN: 0 });

    const elsewhere = { ...director, unit: 'north' };
    const { body: outside } = await scenario.get(`/projects/${projectId}/figures?unit=main`, elsewhere);
    expect(outside).toMatchObject({ persons: { value: 7 } });
    expect(Object.values(labourIn(outside))).toEqual([null, null, null, null, null]);
    expect(
      problemOf(await scenario.get(`/projects/${projectId}/figures?unit=main`, { ...coordinator, unit: 'north' })),
    ).toEqual([404, 'not-found']);
  });
});

describe('the export of a project', () => {
  it('tells of each participant of the unit, and the log says whose data went out', async () => {
    const projectId = await projectIn(scenario);
    const { id, personId } = await participantIn(scenario, projectId);
    const north = await participantIn(scenario, projectId, {}, { ...desk, unit: 'north' });
    const { body } = await scenario.get(`/projects/${projectId}/participants`, finance, {
      'Okienko-Purpose': 'SM_EFS',
    });
    const codes = (body['columns'] as Json[]).map(({ code }) => code);
    const rows = body['rows'] as string[][];
    expect(rows.map(([participation]) => participation)).toEqual([id]);
    expect(Object.fromEntries(codes.map((code, at) => [code, rows[0]?.[at]]))).toMatchObject({
      givenName: 'Żaneta',
      familyName: 'Łoś',
      declaredOn: today,
      RURAL: 'YES',
    });
    expect((await scenario.accesses(personId)).at(-1)).toMatchObject({
      act: 'EXPORT',
      actor: finance.sub,
      purpose: 'SM_EFS',
      groups: ['IDENTITY', 'PROJECT_INDICATORS'],
      caseRef: id,
    });
    const {
      status,
      body: text,
      headers,
    } = await scenario.service.http<string>('GET', `/projects/${projectId}/participants.csv`, {
      as: organiser,
    });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(text.split('\r\n')).toHaveLength(4);
    expect(text).toContain(`${north.id},Żaneta,Łoś`);
    expect(await scenario.accesses(north.personId)).toMatchObject([
      { act: 'WRITE' },
      { act: 'WRITE' },
      { act: 'EXPORT' },
    ]);
  });

  it('is of finance and the organiser, of a project that is there', async () => {
    const projectId = await projectIn(scenario);
    const personId = await scenario.person();
    await scenario.post('/project-participations', desk, declaration(projectId, personId));
    for (const report of reports) {
      expect(problemOf(await scenario.get(`/projects/${projectId}/${report}`, desk))[0]).toBe(403);
      expect(problemOf(await scenario.get(`/projects/${personId}/${report}`, finance))).toEqual([404, 'not-found']);
    }
  });

  it('tells only the dates of somebody whose data were erased', async () => {
    const projectId = await projectIn(scenario);
    const { id, personId } = await participantIn(scenario, projectId);
    await scenario.service.sql('update person_key set wrapped = null, destroyed_at = now() where person_id = $1', [
      personId,
    ]);
    const { body } = await scenario.get(`/projects/${projectId}/participants`, finance);
    expect((body['rows'] as string[][])[0]?.filter((value) => value !== '')).toEqual([id, '2861011', today]);
    const { body: figures } = await scenario.get(`/projects/${projectId}/figures`, finance);
    expect(labourIn(figures)).toMatchObject({ UNKNOWN: 1, EMPLOYED: 0 });
  });
});
