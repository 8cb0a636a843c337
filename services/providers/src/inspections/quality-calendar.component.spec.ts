import { randomBytes } from 'node:crypto';
import { loadConfig } from '@okienko/chassis/config';
import { createService, type RunningService } from '@okienko/chassis/create-service';
import { addDays, addMonths } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { director } from '../agreements/scenario';
import { ComplaintCommands } from '../complaints/complaints.commands';
import { ProvidersConfig } from '../config';
import { account, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import { FindingCommands } from './findings.commands';
import { Quality } from './scenario';

jest.setTimeout(120_000);

let day = today;
const clock = { now: () => new Date(`${day}T12:00:00Z`) };
let service: ServiceUnderTest;
let scenario: Scenario;
let quality: Quality;
let replicas: RunningService[];
beforeAll(async () => {
  const key = { MASTER_KEY: randomBytes(32).toString('base64') };
  service = await startForTest(providersService, key, clock);
  scenario = new Scenario(service);
  quality = new Quality(service);
  const config = loadConfig(ProvidersConfig, {
    DATABASE_URL: service.database.app,
    NATS_URL: process.env['TEST_NATS_URL'] ?? '',
    EVENT_NAMESPACE: service.namespace,
    OIDC_ISSUER: service.issuer.url,
    LOG_LEVEL: 'silent',
    ...key,
  });
  replicas = [
    await createService(providersService, config, clock),
    await createService(providersService, config, clock),
  ];
});
afterEach(() => (day = today));
afterAll(async () => {
  for (const { stop } of replicas) await stop();
  await service.stop();
});

/** Every replica looks, and looks again. */
const look = async (): Promise<void> => {
  const calendars = replicas.flatMap(({ app }) => [app.get(FindingCommands), app.get(ComplaintCommands)]);
  await Promise.all([...calendars, ...calendars].map((calendar) => calendar.tellOverdue()));
};
const told = async (id: string): Promise<number> =>
  (await scenario.facts(id)).filter((fact) => fact === 'overdue').length;

it('a finding that is not remedied is told of once a term, by whichever replica, and late after a downtime', async () => {
  const place = await scenario.places(1);
  await quality.standard(place.offerId);
  const dueOn = addDays(today, 14);
  const findings = await Promise.all(Array.from({ length: 5 }, () => quality.found(place, dueOn)));
  const ids = findings.map(({ id }) => id);
  const [first = '', remedied = ''] = ids;
  await quality.done(`/findings/${remedied}/remedy`, account(place.providerId), { remedy: 'Jest.' });
  day = dueOn;
  await look();
  for (const id of ids) expect(await told(id)).toBe(0);
  day = addDays(dueOn, 20);
  await look();
  await look();
  for (const id of ids) expect(await told(id)).toBe(id === remedied ? 0 : 1);
  const { data } = await service.published('providers.finding.overdue.v1', first);
  expect(data).toEqual({ providerId: place.providerId, dueOn });

  await quality.done(`/findings/${first}/remedy`, account(place.providerId), { remedy: 'Jest.' });
  const reopening = { reasonCode: 'NOT_REMEDIED', dueOn: addDays(day, 5) };
  await quality.done(`/findings/${first}/reopening`, organiser, reopening);
  await look();
  expect(await told(first)).toBe(1);
  day = addDays(day, 6);
  await look();
  expect(await told(first)).toBe(2);
});

it('a complaint that is not answered is told of once a term, by whichever replica', async () => {
  const providerId = await scenario.registerProvider();
  const [late, extended, withdrawn] = [
    await quality.complain(providerId),
    await quality.complain(providerId),
    await quality.complain(providerId),
  ];
  const dueOn = addMonths(today, 1);
  await quality.done(`/complaints/${withdrawn}/withdrawal`, organiser);
  day = dueOn;
  await look();
  for (const id of [late, extended]) expect(await told(id)).toBe(0);
  day = addDays(dueOn, 1);
  await look();
  await look();
  for (const id of [late, extended]) expect(await told(id)).toBe(1);
  expect(await told(withdrawn)).toBe(0);
  const { data } = await service.published('providers.complaint.overdue.v1', late);
  expect(data).toEqual({ providerId, dueOn });
  const until = addDays(day, 10);
  await quality.done(`/complaints/${extended}/extension`, director, { dueOn: until, reasonCode: 'EVIDENCE_AWAITED' });
  day = addDays(until, 1);
  await look();
  expect([await told(late), await told(extended)]).toEqual([1, 2]);
});
