import { randomUUID } from 'node:crypto';
import type { Changed } from '@okienko/chassis/http';
import { type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { catalogueService } from '../service';
import type { DiagnosisPage, DiagnosisView } from './diagnoses.dto';
import { exampleDiagnosis, exampleOf } from './diagnosis-example';

const organiser = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
const director = { sub: 'director-jan', roles: ['director'] } as const;
const consultation = {
  from: '2026-01-12',
  to: '2026-01-26',
  forms: ['WEB_FORM', 'OPEN_MEETING'],
  participants: 31,
  outcome: { pl: 'Dopisano potrzebę transportu' },
};
const adoption = { adoptedOn: '2026-02-01' };

describe('diagnoses over HTTP', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date('2026-03-10T12:00:00Z') });
  }, 60_000);
  afterAll(() => service.stop());

  const post = (path: string, call: Call) =>
    service.http<Changed>('POST', `/diagnoses${path}`, { as: director, ...call });
  const draft = (body: object = exampleDiagnosis(), call: Call = {}) => post('', { body, ...call });
  const act = (id: string, name: string, body: object, ifMatch: number, call: Call = {}) =>
    post(`/${id}/${name}`, { body, ifMatch, ...call });
  /** Drafted and consulted: version 2. */
  const consulted = async (body?: object): Promise<string> => {
    const { id } = (await draft(body)).body;
    expect((await act(id, 'consultations', consultation, 1)).status).toBe(200);
    return id;
  };
  const read = (id: string, as?: Call['as']) =>
    service.http<DiagnosisView>('GET', `/diagnoses/${id}`, as ? { as } : {});
  const ids = async (query: string, as?: Call['as']): Promise<string[]> => {
    const { body } = await service.http<DiagnosisPage>('GET', `/diagnoses?${query}`, as ? { as } : {});
    return body.items.map(({ id }) => id);
  };
  const events = (id: string) => service.sql('select from outbox where aggregate_id = $1', [id]);
  const problem = ({ status, body }: { status: number; body: object }): unknown[] => {
    const { type, basis } = body as { type: string; basis?: string };
    return [status, type.split('/').at(-1), ...(basis === undefined ? [] : [basis])];
  };

  it('are drafted, revised, consulted and adopted, each act once however often it is repeated', async () => {
    const content = exampleOf('3261011');
    const keys = Array.from({ length: 4 }, () => randomUUID());
    const twice = async (request: (key: string) => Promise<{ body: Changed }>, version: number): Promise<string> => {
      const key = keys[version - 1] ?? '';
      const [first, again] = [await request(key), await request(key)];
      expect(first.body.version).toBe(version);
      expect(again.body).toEqual(first.body);
      return first.body.id;
    };
    const id = await twice((key) => draft(exampleDiagnosis(), { key }), 1);
    await twice((key) => act(id, 'revision', content, 1, { key }), 2);
    await twice((key) => act(id, 'consultations', consultation, 2, { key }), 3);
    await twice((key) => act(id, 'adoption', adoption, 3, { key }), 4);
    expect(await events(id)).toHaveLength(4);
    expect((await service.published('catalogue.diagnosis.adopted.v1', id)).data).toEqual({
      edition: 1,
      gminas: ['3261011'],
      adoptedOn: '2026-02-01',
      nextDueOn: '2031-02-01',
      supersedes: [],
    });
    expect((await read(id)).body).toEqual({
      ...content,
      id,
      version: 4,
      state: 'ADOPTED',
      consultations: [consultation],
      edition: 1,
      ...adoption,
      nextDueOn: '2031-02-01',
      supersedes: [],
    });
  });

  it('are superseded by the next one in the same moment, and both stay public', async () => {
    const first = await consulted(exampleOf('2607011'));
    await act(first, 'adoption', adoption, 2);
    const second = await consulted(exampleOf('2607011', '1415022'));
    expect(await ids('terc=2607011')).toEqual([first]);
    expect((await act(second, 'adoption', adoption, 2)).status).toBe(200);
    expect((await service.published('catalogue.diagnosis.superseded.v1', first)).data).toEqual({
      supersededBy: second,
    });
    expect((await read(first)).body).toMatchObject({ state: 'SUPERSEDED', version: 4, supersededBy: second });
    expect((await read(second)).body).toMatchObject({ state: 'ADOPTED', edition: 2, supersedes: [first] });
    expect([await ids('terc=2607011'), await ids('terc=1415022'), await ids('terc=2607011&state=SUPERSEDED')]).toEqual([
      [second],
      [second],
      [first],
    ]);
    const third = await consulted(exampleOf('2607011'));
    expect(problem(await act(third, 'adoption', adoption, 2))).toEqual([422, 'gminas-left-out', 'art. 21 ust. 4']);
    expect((await read(second)).body).toMatchObject({ state: 'ADOPTED', version: 3 });
    expect(problem(await act(second, 'revision', exampleDiagnosis(), 3))).toEqual([409, 'wrong-state']);
  });

  it('adopted at once in the same gmina follow one another, and one is in force', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => consulted(exampleOf('2202043'))));
    const answers = await Promise.all(made.map((id) => act(id, 'adoption', adoption, 2)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await ids('terc=2202043')).toHaveLength(1);
    const views = await Promise.all(made.map(async (id) => (await read(id)).body));
    expect(views.map(({ edition }) => edition).sort()).toEqual([1, 2, 3, 4]);
    expect(await service.sql('select from diagnosis_in_force where terc = $1', ['2202043'])).toHaveLength(1);
  });

  it('are refused without a consultation, incomplete, with small figures or of other gminas', async () => {
    const { id } = (await draft()).body;
    expect(problem(await act(id, 'adoption', adoption, 1))).toEqual([422, 'diagnosis-not-consulted', 'art. 21 ust. 5']);
    const incomplete = await consulted(exampleDiagnosis({ bodies: [] }));
    expect(problem(await act(incomplete, 'adoption', adoption, 2))).toEqual([422, 'diagnosis-incomplete', 'art. 21']);
    const findings = [{ ...exampleDiagnosis().findings[0], figures: [{ name: { pl: 'osoby' }, value: 3 }] }];
    expect(problem(await draft({ ...exampleDiagnosis(), findings }))).toEqual([422, 'small-figure']);
    expect(problem(await draft({ ...exampleDiagnosis(), gminas: ['2611011'] }))).toEqual([
      422,
      'unknown-gmina',
      'art. 21 ust. 4',
    ]);
    expect(await events(incomplete)).toHaveLength(2);
  });

  it('refuse an act on a stale version (412), without a version (428), of nothing (404)', async () => {
    const { id } = (await draft()).body;
    expect(problem(await act(id, 'consultations', consultation, 9))).toEqual([412, 'stale-version']);
    expect((await post(`/${id}/withdrawal`, { body: { reasonCode: 'X' } })).status).toBe(428);
    expect(problem(await act(randomUUID(), 'adoption', adoption, 1))).toEqual([404, 'not-found']);
    const key = randomUUID();
    await draft(undefined, { key });
    expect(problem(await draft(exampleOf('2611011'), { key }))).toEqual([422, 'idempotency-key-reused']);
  });

  it('are shown to everyone once adopted; drafts and withdrawn ones to staff who ask for them', async () => {
    const { id } = (await draft(exampleOf('2808062'))).body;
    const provider = { roles: ['provider'] } as const;
    const seen = async (as?: Call['as']): Promise<unknown[]> => [
      (await read(id, as)).status,
      (await ids('terc=2808062&state=DRAFT', as)).length,
      (await ids('terc=2808062', as)).length,
    ];
    expect([await seen(), await seen(provider), await seen(organiser)]).toEqual([
      [404, 0, 0],
      [404, 0, 0],
      [200, 1, 0],
    ]);
    const key = randomUUID();
    for (const _ of [1, 2])
      expect((await act(id, 'withdrawal', { reasonCode: 'BEGUN_ANEW' }, 1, { key })).body.version).toBe(2);
    expect(await service.sql('select from outbox where aggregate_id = $1', [id])).toHaveLength(2);
    expect([(await read(id)).status, (await read(id, organiser)).body.state]).toEqual([404, 'WITHDRAWN']);
  });

  it.each([
    ['', ['services-organiser', 'community-organiser', 'director']],
    ['/revision', ['services-organiser', 'community-organiser', 'director']],
    ['/consultations', ['services-organiser', 'community-organiser', 'director']],
    ['/adoption', ['director']],
    ['/withdrawal', ['services-organiser', 'community-organiser', 'director']],
  ])('POST /diagnoses…%s is for %j', async (act, allowed) => {
    const path = act === '' ? '' : `/${randomUUID()}${act}`;
    const status = async (as?: Call['as']) =>
      (await service.http('POST', `/diagnoses${path}`, { ...(as ? { as } : {}), body: {}, ifMatch: 1 })).status;
    expect(await status()).toBe(401);
    for (const role of [
      'services-organiser',
      'community-organiser',
      'director',
      'desk',
      'coordinator',
      'finance',
      'provider',
      'partner',
      'auditor',
      'operator',
    ] as const)
      expect([role, await status({ roles: [role] })]).toEqual([role, allowed.includes(role) ? 400 : 403]);
  });

  it.each<[string, object]>([
    ['nothing of it', { title: undefined }],
    ['no gmina', { gminas: [] }],
    ['a gmina twice', { gminas: ['2861011', '2861011'] }],
    ['a gmina that is none', { gminas: ['Elbląg'] }],
    ['no inquiry', { survey: { from: '2025-01-01', to: '2025-01-02', inquiries: [] } }],
    ['a list for a survey', { survey: [] }],
    ['an area that the Act does not know', { findings: [{ ...exampleDiagnosis().findings[0], area: 'seniorzy' }] }],
    [
      'a count below nothing',
      { findings: [{ ...exampleDiagnosis().findings[0], figures: [{ name: { pl: 'x' }, value: -7 }] }] },
    ],
    ['a REGON with a wrong digit', { bodies: [{ ...exampleDiagnosis().bodies[0], regon: '123456786' }] }],
    ['a field that nobody knows', { author: 'Jan Kowalski' }],
    ['too many findings', { findings: Array.from({ length: 1001 }, () => exampleDiagnosis().findings[0]) }],
  ])('with %s are refused with 400 and leave nothing', async (_, changes) => {
    const [before] = await service.sql('select count(*) from diagnosis');
    expect((await draft({ ...exampleDiagnosis(), ...changes })).status).toBe(400);
    expect(await service.sql('select count(*) from diagnosis')).toEqual([before]);
  });

  it('refuse a cursor or filter that is none of theirs with 400', async () => {
    for (const query of ['after=x', 'limit=0', 'terc=1', 'state=OPEN', 'colour=red'])
      expect([query, (await service.http('GET', `/diagnoses?${query}`)).status]).toEqual([query, 400]);
  });
});
