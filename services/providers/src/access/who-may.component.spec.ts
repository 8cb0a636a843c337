import { type Role, roles } from '@okienko/chassis/access';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { staff } from '../provider-account';
import { providersService } from '../service';
import { routes } from './service.routes';

jest.setTimeout(60_000);

const everyone: readonly Role[] = [...staff, 'provider'];
const heads: readonly Role[] = ['services-organiser', 'director'];
const register: readonly Role[] = [...heads, 'operator'];
const whoSendsThem: readonly Role[] = ['provider', 'services-organiser'];

/** Who may call what, written by hand: it is compared with the service, never made from it. */
const whoMay: Readonly<Record<string, readonly Role[]>> = {
  // The register (art. 7(2)): kept by the centre; a provider corrects what is said of itself.
  'POST /providers': register,
  'GET /providers': everyone,
  'GET /providers/:id': everyone,
  'GET /providers/:id/figures': ['coordinator', ...heads, 'auditor', 'provider'],
  'GET /providers/:id/figures.csv': ['coordinator', ...heads, 'auditor', 'provider'],
  'POST /providers/:id/details': [...register, 'provider'],
  'POST /providers/:id/verification': heads,
  'POST /providers/:id/rejection': heads,
  'POST /providers/:id/deactivation': register,
  'POST /providers/:id/reactivation': register,
  'POST /places': [...register, 'provider'],
  'GET /places': everyone,
  'GET /places/:id': everyone,
  'POST /places/:id/details': [...register, 'provider'],
  'POST /places/:id/closure': [...register, 'provider'],

  // Its people: the provider keeps the list of its accounts, and the operator where it has locked itself out.
  'GET /providers/:id/staff': ['provider', 'operator', ...heads],
  'POST /providers/:id/staff': ['provider', 'operator'],
  'GET /providers/:id/acts': ['provider', 'coordinator', ...heads, 'auditor'],
  'POST /staff-members/:id/name': ['provider', 'operator'],
  'POST /staff-members/:id/deactivation': ['provider', 'operator'],
  'POST /staff-members/:id/reactivation': ['provider', 'operator'],

  // Whoever asks gets a copy of what is held about them (GDPR art. 15), through the desk.
  'POST /persons/:id/copy': ['desk', 'director'],

  // Who performs (art. 2(3)): that a recipient accepts a neighbour is known to the coordinator.
  'POST /performers': whoSendsThem,
  'GET /performers': ['provider', 'coordinator', ...heads, 'auditor'],
  'GET /performers/:id': ['provider', 'coordinator', ...heads],
  'POST /performers/:id/name': whoSendsThem,
  'POST /performers/:id/leaving': whoSendsThem,
  'POST /performers/:id/qualifications': whoSendsThem,
  'POST /performers/:id/conditions': [...whoSendsThem, 'coordinator'],
  'POST /performers/:id/proofs/:proofId/withdrawal': [...whoSendsThem, 'coordinator'],
  'POST /required-qualifications': heads,
  'GET /required-qualifications': everyone,
  'POST /required-qualifications/:id/end': heads,

  // Standards (art. 13(1)(7), 24(2)(2)): the organiser drafts, the director approves.
  'POST /standards': ['services-organiser'],
  'POST /standards/:id/draft': ['services-organiser'],
  'POST /standards/:id/approval': ['director'],
  'GET /standards': everyone,
  'GET /standards/:id': everyone,

  // Inspections: what is looked at beforehand is for the centre alone.
  'POST /inspections': ['services-organiser'],
  'POST /inspections/:id/results': ['services-organiser'],
  'POST /inspections/:id/report': ['services-organiser'],
  'POST /inspections/:id/cancellation': heads,
  'GET /inspections': everyone,
  'GET /inspections/:id': everyone,
  'GET /inspections/:id/checklist': staff,
  'GET /findings': everyone,
  'GET /findings/:id': everyone,
  'POST /findings/:id/remedy': whoSendsThem,
  'POST /findings/:id/confirmation': ['services-organiser'],
  'POST /findings/:id/reopening': ['services-organiser'],

  // Complaints (KPA art. 227): the desk receives, the organiser examines, the director answers. A provider sees what it is asked.
  'POST /complaints': ['desk', 'services-organiser'],
  'POST /complaints/:id/examination': ['services-organiser'],
  'POST /complaints/:id/extension': heads,
  'POST /complaints/:id/position-request': ['services-organiser'],
  'POST /complaints/:id/answer': ['director'],
  'POST /complaints/:id/passing-on': heads,
  'POST /complaints/:id/withdrawal': ['desk', 'services-organiser'],
  'GET /complaints': ['desk', ...heads, 'auditor'],
  'GET /complaints/:id': heads,
  'GET /position-requests': ['provider', ...heads],
  'GET /position-requests/:id': ['provider', ...heads],
  'POST /position-requests/:id/position': whoSendsThem,
};

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startForTest(providersService);
});
afterAll(() => service.stop());

it('who may call what is written down for every route of these folders, and for no other', () => {
  const folders = new Set(Object.keys(whoMay).map((route) => route.split('/')[1]));
  const existing = routes.map(({ name }) => name).filter((name) => folders.has(name.split('/')[1]));
  expect(Object.keys(whoMay).sort()).toEqual(existing.sort());
});

it.each(Object.entries(whoMay))('%s', async (route, allowed) => {
  const [method = '', template = ''] = route.split(' ');
  const path = template.replaceAll(/:\w+/g, () => uuidv7());
  const call = (as?: object) =>
    service.http<{ type: string }>(method, path, {
      ...(as && { as }),
      ...(method === 'POST' && { body: {}, ifMatch: 1 }),
    });
  expect(await call()).toMatchObject({ status: 401 });
  const refused: Role[] = [];
  for (const role of roles) {
    const { status, body } = await call({ sub: `only-${role}`, roles: [role] });
    expect(status).toBeLessThan(500);
    if (status === 403 && body.type.endsWith('/not-allowed')) refused.push(role);
  }
  expect(refused).toEqual(roles.filter((role) => !allowed.includes(role)));
});
