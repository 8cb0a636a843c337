import { type Role, roles } from '@okienko/chassis/access';
import { as, HandScenario, type Json, problemOf } from '../scenario';

jest.setTimeout(60_000);
let scenario: HandScenario;
beforeAll(async () => (scenario = await HandScenario.start()), 60_000);
afterAll(() => scenario?.stop());

const staff: readonly Role[] = ['desk', 'coordinator', 'services-organiser'];
const readers: readonly Role[] = [...staff, 'director', 'auditor'];
const id = '0197a000-0000-7000-8000-000000000099';
const day = '2026-03-02';

/** Who may call what, and what a call needs to be understood. */
const whoMay: readonly { readonly route: string; readonly may: readonly Role[]; readonly body?: Json }[] = [
  { route: 'GET /hand-jobs', may: readers },
  { route: `GET /hand-jobs/${id}`, may: staff },
  { route: `GET /hand-jobs/${id}/content`, may: staff },
  { route: `POST /hand-jobs/${id}/taking`, may: staff, body: {} },
  { route: `POST /hand-jobs/${id}/dispatch`, may: staff, body: { sentOn: day } },
  { route: `POST /hand-jobs/${id}/collection`, may: staff, body: { collectedOn: day, isSigned: true } },
  { route: `POST /hand-jobs/${id}/first-notice`, may: staff, body: { noticeLeftOn: day } },
  { route: `POST /hand-jobs/${id}/receipt`, may: staff, body: { receivedOn: day } },
  { route: `POST /hand-jobs/${id}/return`, may: staff, body: { returnedOn: day, reason: 'MOVED' } },
  { route: 'POST /print-runs', may: staff, body: {} },
  { route: `GET /print-runs/${id}`, may: readers },
  { route: `GET /print-runs/${id}/content`, may: staff },
  { route: `POST /print-runs/${id}/confirmation`, may: staff, body: { postedOn: day } },
  { route: `GET /messages/${id}/proof`, may: readers },
  { route: `GET /messages/${id}/proof/content`, may: readers },
  { route: 'GET /tasks', may: readers },
  { route: `POST /tasks/${id}/completion`, may: staff, body: { outcome: 'NOT_REACHED' } },
];

/** Of those that name nothing that could be missing. */
const answersOf: Readonly<Record<string, string>> = {
  'GET /hand-jobs': 'done',
  'GET /tasks': 'done',
  'POST /print-runs': '409 nothing-to-print',
};

const call = async (route: string, body: Json | undefined, role?: Role, ifMatch = 1): Promise<string> => {
  const [method = '', path = ''] = route.split(' ');
  const answer = await scenario.service.http<Json>(method, path, {
    ...(role && { as: as(role) }),
    ...(body && { body, ifMatch }),
  });
  return answer.status < 400 ? 'done' : problemOf(answer);
};

describe('who may do what with messages in hands', () => {
  it.each(whoMay)('$route', async ({ route, may, body }) => {
    expect(await call(route, body)).toBe('401 not-authenticated');
    const answers = await Promise.all(roles.map(async (role) => [role, await call(route, body, role)] as const));
    const answer = answersOf[route] ?? '404 not-found';
    expect(answers).toEqual(roles.map((role) => [role, may.includes(role) ? answer : '403 not-allowed']));
  });
});

describe('what cannot be understood', () => {
  it.each([
    ['dispatch', { sentOn: '2026-02-30' }],
    ['dispatch', { sentOn: day, evidenceNo: '' }],
    ['dispatch', { sentOn: day, evidenceNo: null }],
    ['dispatch', { sentOn: day, addressee: 'SOMEBODY' }],
    ['collection', { collectedOn: day }],
    ['collection', { collectedOn: day, isSigned: 'yes' }],
    ['collection', { collectedOn: day, isSigned: true, representativeId: 'Anna' }],
    ['first-notice', {}],
    ['receipt', { receivedOn: day, evidenceNo: 'a b' }],
    ['return', { returnedOn: day, reason: 'LAZY' }],
  ])('%s with %j is refused', async (act, body) => {
    expect(await call(`POST /hand-jobs/${id}/${act}`, body, 'desk')).toBe('400 invalid-request');
  });

  it('is told of a print run too', async () => {
    for (const body of [
      {},
      { postedOn: day, notPosted: ['x'] },
      { postedOn: day, notPosted: [id, id] },
      { postedOn: day, registered: [{}] },
    ])
      expect(await call(`POST /print-runs/${id}/confirmation`, body, 'desk')).toBe('400 invalid-request');
    expect(await call('POST /print-runs', { most: 0 }, 'desk')).toBe('400 invalid-request');
    for (const query of ['state=LOST', 'channel=EMAIL', 'personId=x', 'after=x', 'limit=0'])
      expect(await call(`GET /hand-jobs?${query}`, undefined, 'desk')).toMatch(/^400 /);
  });
});
