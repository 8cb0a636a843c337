import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { roles } from '@okienko/chassis/access';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { answerTo, letIn, ofTheChassis, routesIn } from '@okienko/testing/who-may';
import { notificationsService } from '../service';
import { open, whoMay } from './who-may';

jest.setTimeout(60_000);
let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startForTest(notificationsService, {
    WEBHOOK_KEY: randomBytes(32).toString('base64'),
    SEALING_PRIVATE_KEY: JSON.stringify((await generateSealingKeyPair()).privateJwk),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'cus@cus.example.pl',
  });
}, 60_000);
afterAll(() => service.stop());

const needNone = [...ofTheChassis.open, ...open];
const needRole = { ...ofTheChassis.whoMay, ...whoMay };

describe('who may call what', () => {
  it('is written down for every route of the service, and for no other', () => {
    const routes = routesIn(join(__dirname, '..', '..', 'openapi.json'));
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
