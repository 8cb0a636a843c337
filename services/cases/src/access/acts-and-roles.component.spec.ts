import { join } from 'node:path';
import { type Principal, type Role, roles } from '@okienko/chassis/access';
import { SampleRequests } from '@okienko/testing/sample-request';
import type { Answer } from '@okienko/testing/service-test';
import { routesIn } from '@okienko/testing/who-may';
import fc from 'fast-check';
import { type Json, problemOf, Scenario } from '../scenario';
import { ofTheCentreAlone, open, whoMay } from './who-may';

jest.setTimeout(120_000);
const document = join(__dirname, '..', '..', 'openapi.json');
const routes = routesIn(document);
const requests = new SampleRequests(document);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

/** The route on ids that do not exist. */
function call(route: string, as?: Partial<Principal>): Promise<Answer<Json>> {
  const { method, path, body, isVersioned } = requests.of(route);
  return scenario.service.http(method, path, {
    ...(as ? { as } : {}),
    ...(body ? { body } : {}),
    ...(isVersioned ? { ifMatch: 1 } : {}),
  });
}
const outcome = ({ status, body }: Answer<Json>): string =>
  status >= 400 ? `${status} ${String(problemOf({ status, body, headers: new Headers() })[1])}` : 'done';

describe('who may call what', () => {
  it('is written down for every route of the service, and for no other', () => {
    expect([...open, ...Object.keys(whoMay)].sort()).toEqual([...routes].sort());
  });

  it.each(Object.entries(whoMay))('%s', async (route, allowed) => {
    expect(outcome(await call(route))).toBe('401 not-authenticated');
    expect(outcome(await call(route, { sub: 'nobody', roles: [] }))).toBe('403 not-allowed');
    const refused: Role[] = [];
    for (const role of roles) {
      const answer = await call(route, { sub: `only-${role}`, roles: [role] });
      expect([401, 500, 501, 502, 503]).not.toContain(answer.status);
      if (outcome(answer) === '403 not-allowed') refused.push(role);
    }
    expect(refused).toEqual(roles.filter((role) => !allowed.includes(role)));
  });

  it.each(open)('%s needs no token', async (route) => {
    expect([401, 403]).not.toContain((await call(route)).status);
  });
});

describe('an act of art. 49', () => {
  it.each(ofTheCentreAlone)('%s is closed to accounts of providers, whatever else they hold', async (route) => {
    const staff = roles.filter((role) => role !== 'provider');
    const [may = 'coordinator'] = whoMay[route] ?? [];
    expect(outcome(await call(route, { sub: 'own', roles: [may] }))).toMatch(/^404 /);
    await fc.assert(
      fc.asyncProperty(fc.subarray(staff), fc.boolean(), async (others, byRole) => {
        const account: Principal = byRole
          ? { sub: 'p', roles: [...others, 'provider'] }
          : { sub: 'p', roles: others, providerId: '0190a000-0000-7000-8000-000000000001' };
        const mayElse = others.some((role) => whoMay[route]?.includes(role));
        expect(outcome(await call(route, account))).toBe(mayElse ? '403 reserved-for-centre' : '403 not-allowed');
      }),
      {
        numRuns: 12,
        examples: [
          [staff, true],
          [staff, false],
        ],
      },
    );
  });
});
