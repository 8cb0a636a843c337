import { projectBody } from '../project-participations/project-scenario';
import { desk, director, finance, idOf, organiser, problemOf, Scenario } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const tablet = {
  code: 'TABLET',
  name: 'Czy ma tablet',
  kind: 'YES_NO',
  options: [],
  askedAt: ['ENTRY'],
  mayBeRefused: false,
  validFrom: '2026-01-01',
};

describe('a project', () => {
  it('is recorded and revised, with what it asks and what is declared', async () => {
    const body = projectBody({ indicators: [tablet] });
    const id = idOf(await scenario.twice('/projects', organiser, body));
    const { code: _, fund: __, ...terms } = body;
    const revision = { ...terms, indicators: [{ ...tablet, validTo: '2026-12-31' }] };
    expect(await scenario.twice(`/projects/${id}/revision`, director, revision, 1)).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    const { body: view } = await scenario.get(`/projects/${id}`, desk);
    expect(view).toMatchObject({ id, version: 2, code: body['code'], fund: 'ESF_PLUS', name: 'Bliżej ludzi' });
    expect((view['indicators'] as object[]).at(-1)).toEqual({ ...tablet, validTo: '2026-12-31', isCommon: false });
    expect(view['statements']).toMatchObject([{ version: '2021-07-01' }]);
    expect((await scenario.get('/projects', finance)).body['items']).toMatchObject([{ id, version: 2 }]);
    expect(await scenario.facts(id)).toEqual(['project.recorded', 'project.revised']);
    const event = await scenario.service.published('cases.project.recorded.v1', id);
    expect(event.data).toEqual({
      code: body['code'],
      validFrom: body['validFrom'],
      validTo: body['validTo'],
      indicators: 1,
    });
  });

  it('has a code of its own, whoever is first', async () => {
    const body = projectBody();
    const answers = await Promise.all([1, 2, 3].map(() => scenario.post('/projects', organiser, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(problemOf(await scenario.post('/projects', organiser, body))).toEqual([409, 'project-exists']);
  });

  it.each([
    ['an indicator without a name', { indicators: [{ ...tablet, name: '' }] }, [400, 'invalid-request']],
    ['options in small letters', { indicators: [{ ...tablet, options: ['tak'] }] }, [400, 'invalid-request']],
    ['an indicator common to all', { indicators: [{ ...tablet, code: 'RURAL' }] }, [422, 'indicators-wrong']],
    ['an end before its beginning', { validTo: '2024-12-31' }, [422, 'validity-reversed']],
  ])('is refused with %s', async (_, wrong, problem) => {
    expect(problemOf(await scenario.post('/projects', organiser, projectBody(wrong)))).toEqual(problem);
  });

  it('is not revised by the desk, nor over a later version', async () => {
    const { code: _, fund: __, ...terms } = projectBody();
    const id = idOf(await scenario.post('/projects', organiser, projectBody()));
    expect(problemOf(await scenario.post(`/projects/${id}/revision`, desk, terms, 1))[0]).toBe(403);
    expect(problemOf(await scenario.post(`/projects/${id}/revision`, organiser, terms, 2))).toEqual([
      412,
      'stale-version',
    ]);
  });
});
