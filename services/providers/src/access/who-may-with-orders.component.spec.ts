import { join } from 'node:path';
import { roles } from '@okienko/chassis/access';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { answerTo, letIn, ofTheChassis, routesIn } from '@okienko/testing/who-may';
import { providersService } from '../service';
import { open, whoMay } from './who-may-with-orders';

jest.setTimeout(60_000);
let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startForTest(providersService);
}, 60_000);
afterAll(() => service.stop());

const folderOf = (route: string): string => (route.split('/')[1] ?? '').replace(/\.csv$/, '');
/** Folders of `who-may.component.spec.ts`. */
const elsewhere = new Set([
  'complaints',
  'findings',
  'inspections',
  'performers',
  'places',
  'position-requests',
  'providers',
  'required-qualifications',
  'staff-members',
  'standards',
]);

const needNone = [...ofTheChassis.open, ...open];
const needRole = { ...ofTheChassis.whoMay, ...whoMay };

describe('who may call what', () => {
  it('is written down for every route of these folders and of the chassis, and for no other', () => {
    const routes = routesIn(join(__dirname, '..', '..', 'openapi.json')).filter(
      (route) => !elsewhere.has(folderOf(route)),
    );
    expect([...needNone, ...Object.keys(needRole)].sort()).toEqual(routes.sort());
  });

  it.each(Object.entries(needRole))('%s', async (route, allowed) => {
    expect(await answerTo(service, route)).toBe('401 not-authenticated');
    expect(await letIn(service, route)).toEqual(roles.filter((role) => allowed.includes(role)));
  });

  it.each(needNone)('%s needs no token', async (route) => {
    expect(await answerTo(service, route)).toBe('let in');
  });
});
