import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { Scenario, today } from '../scenario';
import { providersService } from '../service';

jest.setTimeout(60_000);

let service: ServiceUnderTest;
let scenario: Scenario;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
});
afterAll(() => service.stop());

describe('who may do what with a capacity', () => {
  const staff = [
    'desk',
    'coordinator',
    'services-organiser',
    'community-organiser',
    'director',
    'finance',
    'auditor',
    'operator',
  ];
  const plans = ['coordinator', 'services-organiser', 'director', 'provider'];
  const leads = ['services-organiser', 'director', 'provider'];
  const held = { holderRef: uuidv7(), from: today, to: today, quantity: 1, unit: 'HOUR', minutes: 1 };
  const none = uuidv7();
  const acts: [method: string, path: string, body: object | undefined, allowed: string[]][] = [
    ['GET', '', undefined, [...staff, 'provider']],
    ['GET', '/availability', undefined, [...staff, 'provider']],
    ['GET', '/holds', undefined, [...staff, 'provider']],
    ['POST', '/revision', { places: 1, from: today, to: today }, leads],
    ['POST', '/closure', { reasonCode: 'OTHER' }, leads],
    ['POST', '/holds', held, plans],
    ['POST', `/holds/${none}/confirmation`, undefined, plans],
    ['POST', `/holds/${none}/release`, undefined, plans],
  ];

  it.each(acts)('%s …%s', async (method, path, body, allowed) => {
    const { capacityId, providerId } = await scenario.places(1);
    const [own, other] = [providerId, await scenario.registerProvider()];
    const ask = async (roles: string[], of?: string) => {
      const as = { sub: 'somebody', roles, ...(of && { providerId: of }) } as object;
      const answer = await service.http(method, `/capacities/${capacityId}${path}`, { as, body, ifMatch: 9 });
      // That the hold is none of the capacity is said to those who may know the capacity.
      return answer.status === 404 && JSON.stringify(answer.body).includes('hold-expired') ? 'no hold' : answer.status;
    };
    for (const role of [...staff, 'partner'])
      expect([role, (await ask([role])) === 403]).toEqual([role, !allowed.includes(role)]);
    expect(await ask(['provider'], other)).toBe(404);
    expect(await ask(['provider', 'director'], other)).toBe(404);
    expect([403, 404]).not.toContain(await ask(['provider'], own));
    expect((await service.http(method, `/capacities/${capacityId}${path}`, { body })).status).toBe(401);
  });
});
