import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { SampleRequests } from '@okienko/testing/sample-request';
import type { Answer } from '@okienko/testing/service-test';
import { overheardStatements, toldBy } from '@okienko/testing/statements';
import { ofTheChassis, routesIn } from '@okienko/testing/who-may';
import { exampleCommunityPlan } from '../community-plans/community-plan-example';
import { exampleDiagnosis } from '../diagnoses/diagnosis-example';
import { exampleProgramme } from '../programmes/programme-example';
import { director, gmina, Scenario } from '../scenario';
import { exampleProgrammeOffer } from '../service-offers/service-offer-example';
import { open, whoMay } from './who-may';

jest.setTimeout(60_000);

const document = join(__dirname, '..', '..', 'openapi.json');
const requests = new SampleRequests(document);
const ofThings = routesIn(document).filter(
  (route) => route.includes('{') && !ofTheChassis.open.includes(route) && !(route in ofTheChassis.whoMay),
);
/** Nothing here belongs to a unit, a provider or a partner. What is hidden from the public are drafts of the centre. */
const ofDrafts = [
  'GET /programmes/{id}',
  'GET /programmes/{id}/editions',
  'GET /programmes/{id}/closing-information',
  'GET /programmes/{id}/closing-information.csv',
  'GET /programmes/{id}/closing-information.pdf',
  'POST /programmes/{id}/criteria/trial',
  'POST /programmes/{id}/fee/trial',
  'GET /service-offers/{id}',
  'GET /hsds/services/{id}',
  'GET /diagnoses/{id}',
  'GET /community-plans/{id}',
  'GET /yearly-reports/{id}',
  'GET /yearly-reports/{id}/report.csv',
  'GET /yearly-reports/{id}/report.pdf',
];
/** The centre itself sees nothing there before it is published. */
const onlyPublished = /closing-information|hsds/;
/** Of these nothing is ever a draft. */
const ofAll = [
  'GET /offices/{id}',
  'GET /hsds/organizations/{id}',
  'GET /hsds/service_at_locations/{id}',
  'GET /hsds/taxonomies/{id}',
  'GET /hsds/taxonomy_terms/{id}',
];
const ofTheCentre = ofThings.filter((route) => route in whoMay);

const kindOf = (route: string): string =>
  (route.startsWith('GET /hsds/') ? 'service-offers' : route.split('/')[1]) ?? '';

const statementsFor = overheardStatements();
let scenario: Scenario;
/** A draft of each kind, and a need that was reported, by the first word of their paths. */
let things: Readonly<Record<string, string>>;
beforeAll(async () => {
  scenario = await Scenario.start(() => new Date('2026-03-10T12:00:00Z'));
  const draft = async (path: string, body: object): Promise<string> => {
    const { status, body: made } = await scenario.post<Changed>(path, { as: director, body });
    expect([path, status]).toEqual([path, 201]);
    return made.id;
  };
  const programme = await scenario.programmeInForce();
  things = {
    programmes: await draft('/programmes', exampleProgramme()),
    'service-offers': await draft('/service-offers', exampleProgrammeOffer(programme.id)),
    diagnoses: await draft('/diagnoses', exampleDiagnosis()),
    'community-plans': await draft('/community-plans', exampleCommunityPlan()),
    'yearly-reports': await draft('/yearly-reports', { terc: gmina, year: 2025 }),
    'need-reports': await draft('/need-reports', { terc: gmina, reportedBy: 'NEIGHBOUR', need: 'Schody bez poręczy' }),
  };
}, 60_000);
afterAll(() => scenario?.service.stop());

function call(route: string, as?: Partial<Principal>, id = things[kindOf(route)]): Promise<Answer> {
  const [{ serviceCode } = { serviceCode: '' }] = exampleProgramme().services;
  const { method, path, body, isVersioned } = requests.of(route, { id, serviceCode });
  return scenario.service.http(method, path, {
    ...(as && { as }),
    ...(body && { body }),
    // Nobody has read a version as late as this, so what is there stays as it is.
    ...(isVersioned && { ifMatch: 999 }),
  });
}

describe('what names something', () => {
  it('is a draft of the centre, public, or for all of the centre who may call it', () => {
    expect([...ofDrafts, ...ofAll].sort()).toEqual(ofThings.filter((route) => open.includes(route)).sort());
    expect([...ofDrafts, ...ofAll, ...ofTheCentre].sort()).toEqual([...ofThings].sort());
  });

  const outsiders: (Partial<Principal> | undefined)[] = [
    undefined,
    { sub: 'provider-1', roles: ['provider'], providerId: randomUUID() },
    { sub: 'system-1', roles: ['partner'], partnerId: 'powiat' },
  ];
  it.each(ofDrafts)('%s does not tell the public a draft from nothing', async (route) => {
    for (const as of outsiders) {
      const [drafted, unknown] = [await call(route, as), await call(route, as, randomUUID())];
      expect(drafted.status).toBe(404);
      expect(toldBy(drafted)).toEqual(toldBy(unknown));
      expect(statementsFor(drafted)).toEqual(statementsFor(unknown));
    }
    const isThere = (await call(route, director)).status === 200;
    expect([route, isThere]).toEqual([route, !onlyPublished.test(route)]);
  });

  it.each(ofTheCentre)('%s is hidden from nobody who may call it', async (route) => {
    for (const role of whoMay[route] ?? []) {
      const { status } = await call(route, { sub: `${role}-elsewhere`, roles: [role], unit: 'south' });
      expect([route, role, [400, 401, 403, 404, 500].includes(status) && status]).toEqual([route, role, false]);
    }
  });
});
