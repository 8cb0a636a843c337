import { randomUUID } from 'node:crypto';
import type { Changed } from '@okienko/chassis/http';
import { type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { exampleOf } from '../diagnoses/diagnosis-example';
import { catalogueService } from '../service';
import { exampleActivity, exampleCommunityPlan } from './community-plan-example';
import type { CommunityPlanPage, CommunityPlanView } from './community-plans.dto';
import type { SupportingActivityPage } from './supporting-activities.dto';

const organiser = { sub: 'organiser-ola', roles: ['community-organiser'] } as const;
const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const adoption = { adoptedOn: '2026-01-05' };
const evaluation = {
  closedOn: '2026-03-09',
  summary: { pl: 'Cele osiągnięto' },
  results: [{ activityCode: 'zakupy-dla-sasiada', participants: 12, outcome: { pl: 'Trwa dalej' } }],
};

describe('community plans over HTTP', () => {
  let service: ServiceUnderTest;
  let today = '2026-03-10';
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date(`${today}T12:00:00Z`) });
  }, 60_000);
  afterAll(() => service.stop());
  beforeEach(() => (today = '2026-03-10'));

  const post = (path: string, call: Call) =>
    service.http<Changed>('POST', `/community-plans${path}`, { as: organiser, ...call });
  const draft = (body: object = exampleCommunityPlan(), call: Call = {}) => post('', { body, ...call });
  const act = (id: string, name: string, body: object, ifMatch: number, call: Call = {}) =>
    post(`/${id}/${name}`, { body, ifMatch, ...call });
  const adopted = async (body?: object): Promise<string> => {
    const { id } = (await draft(body)).body;
    expect((await act(id, 'adoption', adoption, 1)).status).toBe(200);
    return id;
  };
  const read = (id: string, as?: Call['as']) =>
    service.http<CommunityPlanView>('GET', `/community-plans/${id}`, as ? { as } : {});
  const ids = async (query: string, as?: Call['as']): Promise<string[]> => {
    const { body } = await service.http<CommunityPlanPage>('GET', `/community-plans?${query}`, as ? { as } : {});
    return body.items.map(({ id }) => id);
  };
  const activities = async (query: string): Promise<SupportingActivityPage> =>
    (await service.http<SupportingActivityPage>('GET', `/supporting-activities?${query}`)).body;
  const codes = async (query: string): Promise<string[]> =>
    (await activities(query)).items.map(({ activityCode }) => activityCode);
  const problem = ({ status, body }: { status: number; body: object }): unknown[] => {
    const { type, basis } = body as { type: string; basis?: string };
    return [status, type.split('/').at(-1), ...(basis === undefined ? [] : [basis])];
  };

  it('are drafted, revised, adopted, updated and closed, each act once however often it is repeated', async () => {
    const content = exampleCommunityPlan({ goals: [{ pl: 'Sąsiedzi się znają' }] });
    const longer = { ...content, to: '2027-01-31' };
    const twice = async (request: (key: string) => Promise<{ body: Changed }>, version: number): Promise<string> => {
      const key = randomUUID();
      const [first, again] = [await request(key), await request(key)];
      expect(first.body.version).toBe(version);
      expect(again.body).toEqual(first.body);
      return first.body.id;
    };
    const id = await twice((key) => draft(undefined, { key }), 1);
    await twice((key) => act(id, 'revision', content, 1, { key }), 2);
    await twice((key) => act(id, 'adoption', adoption, 2, { key }), 3);
    await twice((key) => act(id, 'update', longer, 3, { key }), 4);
    await twice((key) => act(id, 'closing', evaluation, 4, { key }), 5);
    expect(await service.sql('select from outbox where aggregate_id = $1', [id])).toHaveLength(5);
    expect((await service.published('catalogue.community-plan.adopted.v1', id)).data).toEqual({
      gminas: ['2861011'],
      from: '2026-01-01',
      to: '2026-12-31',
      activities: [
        { activityCode: 'zakupy-dla-sasiada', kind: 'NEIGHBOUR_HELP', terc: '2861011', areas: ['pomoc-spoleczna'] },
      ],
    });
    expect((await service.published('catalogue.community-plan.closed.v1', id)).data).toEqual({
      closedOn: '2026-03-09',
    });
    expect((await read(id)).body).toEqual({
      ...longer,
      id,
      version: 5,
      state: 'CLOSED',
      ...adoption,
      updatedOn: '2026-03-10',
      evaluation,
    });
  });

  it('rest on a diagnosis that is adopted', async () => {
    const director = { sub: 'director-jan', roles: ['director'] } as const;
    const diagnosis = async (path: string, body: object, ifMatch?: number): Promise<string> =>
      (
        await service.http<Changed>('POST', `/diagnoses${path}`, {
          as: director,
          body,
          ...(ifMatch === undefined ? {} : { ifMatch }),
        })
      ).body.id;
    const diagnosisId = await diagnosis('', exampleOf('2861011'));
    const { id } = (await draft(exampleCommunityPlan({ diagnosisId }))).body;
    expect(problem(await act(id, 'adoption', adoption, 1))).toEqual([422, 'diagnosis-not-adopted', 'art. 20']);
    const consultation = { from: '2026-01-02', to: '2026-01-03', forms: ['E_MAIL'], outcome: { pl: 'Bez uwag' } };
    await diagnosis(`/${diagnosisId}/consultations`, consultation, 1);
    await diagnosis(`/${diagnosisId}/adoption`, adoption, 2);
    expect((await act(id, 'adoption', adoption, 1)).status).toBe(200);
    const unknown = exampleCommunityPlan({ diagnosisId: randomUUID() });
    expect(problem(await act(id, 'update', unknown, 2))).toEqual([422, 'diagnosis-not-adopted', 'art. 20']);
  });

  it('refuse an act out of turn (409), on a stale version (412), without a version (428), of nothing (404)', async () => {
    const { id } = (await draft()).body;
    expect(problem(await act(id, 'closing', evaluation, 1))).toEqual([409, 'wrong-state']);
    expect(problem(await act(id, 'update', exampleCommunityPlan(), 1))).toEqual([409, 'wrong-state']);
    expect(problem(await act(id, 'adoption', adoption, 3))).toEqual([412, 'stale-version']);
    expect((await post(`/${id}/adoption`, { body: adoption })).status).toBe(428);
    expect(problem(await act(randomUUID(), 'withdrawal', { reasonCode: 'X' }, 1))).toEqual([404, 'not-found']);
    const answers = await Promise.all([1, 2, 3].map(() => act(id, 'adoption', adoption, 1)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('are shown to everyone once adopted; drafts and withdrawn ones to staff who ask for them', async () => {
    const body = exampleCommunityPlan({ gminas: ['2808062'], activities: [] });
    const { id } = (await draft(body)).body;
    const seen = async (as?: Call['as']): Promise<unknown[]> => [
      (await read(id, as)).status,
      (await ids('terc=2808062&state=DRAFT', as)).length,
      (await ids('terc=2808062', as)).length,
    ];
    expect([await seen(), await seen({ roles: ['provider'] }), await seen(desk)]).toEqual([
      [404, 0, 0],
      [404, 0, 0],
      [200, 1, 0],
    ]);
    const key = randomUUID();
    for (const _ of [1, 2])
      expect((await act(id, 'withdrawal', { reasonCode: 'BEGUN_ANEW' }, 1, { key })).body.version).toBe(2);
    expect(await service.sql('select from outbox where aggregate_id = $1', [id])).toHaveLength(2);
    expect([(await read(id)).status, (await read(id, desk)).body.state]).toEqual([404, 'WITHDRAWN']);
  });

  it('have their activities listed while their period lasts, and no longer than an activity itself', async () => {
    const terc = '2607011';
    const short = exampleActivity({ activityCode: 'krotka', terc, to: '2026-03-10' });
    const whole = exampleActivity({ activityCode: 'cala', terc });
    const content = exampleCommunityPlan({ gminas: [terc], activities: [whole, short] });
    const { id } = (await draft(content)).body;
    expect(await codes(`terc=${terc}`)).toEqual([]);
    await act(id, 'adoption', adoption, 1);
    expect((await activities(`terc=${terc}`)).items).toEqual([
      { ...whole, planId: id, from: '2026-01-01', to: '2026-12-31' },
      { ...short, planId: id, from: '2026-01-01', to: '2026-03-10' },
    ]);
    for (const [day, listed] of [
      ['2025-12-31', []],
      ['2026-01-01', ['cala', 'krotka']],
      ['2026-03-11', ['cala']],
      ['2026-12-31', ['cala']],
      ['2027-01-01', []],
    ] as const) {
      today = day;
      expect([day, await codes(`terc=${terc}`)]).toEqual([day, listed]);
    }
    today = '2026-03-10';
    expect((await act(id, 'closing', { ...evaluation, results: [] }, 2)).status).toBe(200);
    expect(await codes(`terc=${terc}`)).toEqual([]);
  });

  it('have their activities found by area, gmina, kind and target group, page by page, each once', async () => {
    const terc = '3261011';
    const made = (activityCode: string, changes: object = {}) => exampleActivity({ activityCode, terc, ...changes });
    const plan = (...parts: ReturnType<typeof made>[]) =>
      adopted(exampleCommunityPlan({ gminas: [terc], activities: parts }));
    await plan(
      made('b', { kind: 'VOLUNTEERING', targetGroups: ['SENIORS'] }),
      made('a-2', { areas: ['kultura', 'mieszkalnictwo'] }),
      made('a'),
    );
    await plan(made('a'), made('0', { kind: 'SELF_HELP', targetGroups: ['CARERS', 'ILL'] }));
    expect(await codes(`terc=${terc}&kind=VOLUNTEERING`)).toEqual(['b']);
    expect(await codes(`terc=${terc}&targetGroup=ILL`)).toEqual(['0']);
    expect(await codes('area=mieszkalnictwo')).toEqual(['a-2']);
    expect(await codes(`terc=${terc}&area=kultura&kind=SELF_HELP`)).toEqual([]);
    for (const limit of [1, 2, 3, 5]) {
      const seen: string[] = [];
      for (let after = ''; ;) {
        const page = await activities(`terc=${terc}&limit=${limit}${after}`);
        seen.push(...page.items.map(({ activityCode }) => activityCode));
        if (page.next === undefined) break;
        after = `&after=${page.next}`;
      }
      expect(seen).toEqual(['a', 'a-2', 'b', '0', 'a']);
    }
  });

  it('and activities refuse a cursor or filter that is none of theirs with 400, and follow a made-up one nowhere', async () => {
    const made = (values: unknown): string => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const path of ['community-plans', 'supporting-activities'])
      for (const query of [
        'after=x',
        `after=${made(['a'])}`,
        'limit=0',
        'terc=1',
        'colour=red',
        'kind=PAID',
        'state=OPEN',
      ])
        expect([path, query, (await service.http('GET', `/${path}?${query}`)).status]).toEqual([path, query, 400]);
    for (const values of [
      ["' or 1=1", "' or 1=1"],
      ['zz', 'zz'],
    ]) {
      const { status, body } = await service.http<SupportingActivityPage>(
        'GET',
        `/supporting-activities?after=${made(values)}`,
      );
      expect([status, Array.isArray(body.items)]).toEqual([200, true]);
    }
  });

  it.each(['', '/revision', '/adoption', '/update', '/closing', '/withdrawal'])(
    'POST /community-plans…%s is for the community organiser and the director',
    async (name) => {
      const path = name === '' ? '' : `/${randomUUID()}${name}`;
      const status = async (as?: Call['as']) =>
        (await service.http('POST', `/community-plans${path}`, { ...(as ? { as } : {}), body: {}, ifMatch: 1 })).status;
      expect(await status()).toBe(401);
      for (const role of [
        'services-organiser',
        'desk',
        'coordinator',
        'finance',
        'provider',
        'partner',
        'auditor',
        'operator',
      ] as const)
        expect([role, await status({ roles: [role] })]).toEqual([role, 403]);
      for (const role of ['community-organiser', 'director'] as const)
        expect([role, await status({ roles: [role] })]).toEqual([role, 400]);
    },
  );

  it.each<[string, object]>([
    ['no title', { title: undefined }],
    ['no gmina', { gminas: [] }],
    ['a day that no calendar has', { from: '2026-02-30' }],
    ['a list for a goal', { goals: [[]] }],
    ['null for a diagnosis', { diagnosisId: null }],
    ['an activity of an unknown kind', { activities: [{ ...exampleActivity(), kind: 'PAID' }] }],
    ['places for nobody', { activities: [{ ...exampleActivity(), places: 0 }] }],
    [
      'an hour that no clock shows',
      { activities: [{ ...exampleActivity(), hours: [{ days: [1], opens: '24:00', closes: '25:00' }] }] },
    ],
    ['a contact that is a script', { activities: [{ ...exampleActivity(), contact: { url: 'javascript:alert(1)' } }] }],
    ['a volunteer by name', { activities: [{ ...exampleActivity(), volunteer: 'Jan Kowalski' }] }],
    ['too many activities', { activities: Array.from({ length: 501 }, () => exampleActivity()) }],
  ])('with %s are refused with 400 and leave nothing', async (_, changes) => {
    const [before] = await service.sql('select count(*) from community_plan');
    expect((await draft({ ...exampleCommunityPlan(), ...changes })).status).toBe(400);
    expect(await service.sql('select count(*) from community_plan')).toEqual([before]);
  });
});
