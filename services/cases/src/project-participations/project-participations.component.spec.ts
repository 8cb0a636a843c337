import { addDays } from '@okienko/contracts/calendar';
import {
  coordinator,
  desk,
  director,
  finance,
  idOf,
  type Json,
  organiser,
  problemOf,
  Scenario,
  today,
} from '../scenario';
import { answers, declaration, participantIn, projectIn } from './project-scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const path = '/project-participations';
const clocksOf = (id: string): Promise<Json[]> =>
  scenario.service.sql('select kind, ending from deadline where subject_id = $1', [id]);
const north = { ...desk, unit: 'north' };

describe('a participation', () => {
  it('is declared, terminated and told of, and its answers are read through the API alone', async () => {
    const projectId = await projectIn(scenario);
    const { offerId } = await scenario.offer(2);
    const { id: applicationId, personId } = await scenario.file([offerId]);
    const indicators = answers('ENTRY', { DISABILITY: 'REFUSED', LABOUR_STATUS: 'LONG_TERM_UNEMPLOYED' });
    const body = declaration(projectId, personId, { applicationId, indicators });
    const id = idOf(await scenario.twice(path, desk, body));
    const [row] = await scenario.service.sql<{ sealed: string; hold: string }>(
      `select encode(entry_indicators, 'escape') as sealed, legal_hold as hold from project_participation where id = $1`,
      [id],
    );
    expect(row).toEqual({ sealed: expect.not.stringContaining('REFUSED'), hold: 'EU_PROJECT' });

    const leaving = { on: today, reasonCode: 'COMPLETED' };
    expect(await scenario.twice(`${path}/${id}/termination`, coordinator, leaving, 1)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    const exit = { moment: 'EXIT', indicators: answers('EXIT', { IN_EMPLOYMENT: 'NO' }) };
    expect(await scenario.twice(`${path}/${id}/indicators`, desk, exit, 2)).toMatchObject({ body: { version: 3 } });

    const { body: view } = await scenario.get(`${path}/${id}`, coordinator);
    expect(view).toMatchObject({ personId, projectId, applicationId, state: 'TERMINATED', terminatedOn: today });
    expect(view['indicators']).toEqual({
      ENTRY: expect.objectContaining({ DISABILITY: 'REFUSED', LABOUR_STATUS: 'LONG_TERM_UNEMPLOYED' }),
      EXIT: expect.objectContaining({ IN_EMPLOYMENT: 'NO' }),
      FOUR_WEEKS_AFTER: null,
    });
    expect(await scenario.facts(id)).toEqual([
      'project-participation.started',
      'project-participation.terminated',
      'project-participation.indicators-recorded',
    ]);
    const { data } = await scenario.service.published('cases.project-participation.indicators-recorded.v1', id);
    expect(data).toEqual({ projectId, personId, moment: 'EXIT' });
    const touched = (await scenario.accesses(personId)).filter(({ caseRef }) => caseRef === id);
    expect(touched.map(({ act }) => act)).toEqual(['WRITE', 'WRITE', 'WRITE', 'READ']);
  });

  it('is asked about four weeks after it, on somebody’s worklist, until the answers are recorded', async () => {
    const { id, personId } = await participantIn(scenario, await projectIn(scenario));
    const leave = { on: today, reasonCode: 'COMPLETED' };
    expect(await scenario.twice(`${path}/${id}/termination`, desk, leave, 1)).toMatchObject({ status: 200 });
    const worklist = await scenario.get(`/worklist?assignee=${desk.sub}`, desk);
    expect((worklist.body['items'] as Json[]).filter(({ subjectId }) => subjectId === id)).toMatchObject([
      { kind: 'LATER_INDICATORS', personId, dueOn: addDays(today, 28), awaited: 'CENTRE', assignee: desk.sub },
    ]);
    const later = { moment: 'FOUR_WEEKS_AFTER', indicators: answers('FOUR_WEEKS_AFTER') };
    expect(await scenario.twice(`${path}/${id}/indicators`, desk, later, 2)).toMatchObject({ status: 200 });
    expect(await clocksOf(id)).toEqual([{ kind: 'LATER_INDICATORS', ending: 'MET' }]);
  });

  it('ends with the death of the person, under whichever record, and nobody is asked then', async () => {
    const projectId = await projectIn(scenario);
    const { id, personId } = await participantIn(scenario, projectId);
    const other = idOf(await scenario.post(path, desk, declaration(await projectIn(scenario), personId)));
    await scenario.post(`${path}/${other}/termination`, desk, { on: today, reasonCode: 'COMPLETED' }, 1);
    const death = { diedOn: addDays(today, -1), source: 'FAMILY' };
    expect(await scenario.twice(`/persons/${personId}/death`, desk, death, 1)).toMatchObject({
      status: 200,
      body: { ended: { participations: [id] } },
    });
    expect((await scenario.get(`${path}/${id}`, coordinator)).body).toMatchObject({
      state: 'TERMINATED',
      terminatedOn: today,
      reasonCode: 'DIED',
    });
    expect(await scenario.facts(id)).toEqual(['project-participation.started', 'project-participation.terminated']);
    expect(await clocksOf(id)).toEqual([]);
    expect(await clocksOf(other)).toEqual([{ kind: 'LATER_INDICATORS', ending: 'DROPPED' }]);
  });

  it('ends without the services: the application stays as it was', async () => {
    const { offerId } = await scenario.offer(2);
    const { id: applicationId, personId } = await scenario.qualified(offerId);
    const body = declaration(await projectIn(scenario), personId, { applicationId });
    const id = idOf(await scenario.post(path, desk, body));
    const before = await scenario.get(`/applications/${applicationId}`, coordinator);
    await scenario.post(`${path}/${id}/termination`, desk, { on: today, reasonCode: 'RESIGNED' }, 1);
    expect((await scenario.get(`/applications/${applicationId}`, coordinator)).body).toEqual(before.body);
  });

  it('is one of a person in a project, however many declare it at once and under whichever record', async () => {
    const projectId = await projectIn(scenario);
    const personId = await scenario.person();
    const body = declaration(projectId, personId);
    const all = await Promise.all(Array.from({ length: 6 }, () => scenario.post(path, desk, body)));
    expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const survivor = await scenario.person();
    const merging = { duplicateId: personId, duplicateVersion: 1, evidence: 'OTHER_OFFICE', reason: 'Ta sama.' };
    expect(await scenario.post(`/persons/${survivor}/merge`, organiser, merging, 1)).toMatchObject({ status: 200 });
    expect(problemOf(await scenario.post(path, desk, declaration(projectId, survivor)))).toEqual([
      409,
      'already-participates',
    ]);
    expect((await scenario.get(`${path}?personId=${survivor}`, desk)).body['items']).toMatchObject([{ personId }]);
    expect(idOf(await scenario.post(path, desk, declaration(await projectIn(scenario), survivor)))).toBeTruthy();
  });

  it.each([
    ['before the project', { declaredOn: '2024-12-31' }, [422, 'outside-project-period']],
    ['on a day to come', { declaredOn: addDays(today, 1) }, [422, 'day-in-the-future']],
    ['under an unknown statement', { statementVersion: '2020-01-01' }, [422, 'participation-statement-not-in-force']],
    ['without an answer', { indicators: answers('ENTRY').slice(1) }, [422, 'indicator-answers-wrong']],
    [
      'with a refusal that may not be',
      { indicators: answers('ENTRY', { RURAL: 'REFUSED' }) },
      [422, 'indicator-answers-wrong'],
    ],
    ['with words for an answer', { indicators: [{ code: 'RURAL', value: 'tak, ze wsi' }] }, [400, 'invalid-request']],
    ["with nobody's application", { applicationId: crypto.randomUUID() }, [404, 'not-found']],
    ['in no project', { projectId: crypto.randomUUID() }, [404, 'not-found']],
  ])('is refused %s', async (_, wrong, problem) => {
    const personId = await scenario.person();
    const body = declaration(await projectIn(scenario), personId, wrong);
    expect(problemOf(await scenario.post(path, desk, body))).toEqual(problem);
    expect((await scenario.get(`${path}?personId=${personId}`, desk)).body['items']).toEqual([]);
  });

  it('is asked about its end only then, and may be corrected', async () => {
    const { id } = await participantIn(scenario, await projectIn(scenario));
    const exit = { moment: 'FOUR_WEEKS_AFTER', indicators: answers('EXIT') };
    expect(problemOf(await scenario.post(`${path}/${id}/indicators`, desk, exit, 1))).toEqual([409, 'wrong-state']);
    const better = { moment: 'ENTRY', indicators: answers('ENTRY', { EDUCATION: 'ISCED_5_8' }) };
    expect(await scenario.post(`${path}/${id}/indicators`, desk, better, 1)).toMatchObject({ status: 200 });
    const { body } = await scenario.get(`${path}/${id}`, desk);
    expect(body['indicators']).toMatchObject({ ENTRY: { EDUCATION: 'ISCED_5_8' } });
    const early = { on: addDays(today, -1), reasonCode: 'OTHER' };
    expect(problemOf(await scenario.post(`${path}/${id}/termination`, desk, early, 2))).toEqual([
      422,
      'terminated-before-declared',
    ]);
  });

  it('is of the unit, and its answers of those who work with the person', async () => {
    const { id, personId } = await participantIn(scenario, await projectIn(scenario));
    expect(problemOf(await scenario.get(`${path}/${id}`, north))).toEqual([404, 'not-found']);
    expect((await scenario.get(`${path}?personId=${personId}`, north)).body['items']).toEqual([]);
    const leaving = { on: today, reasonCode: 'OTHER' };
    expect(problemOf(await scenario.post(`${path}/${id}/termination`, north, leaving, 9))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.get(`${path}/${id}`, finance))[0]).toBe(403);
    expect(problemOf(await scenario.get(`${path}/${id}`, director))[0]).toBe(403);
  });
});
