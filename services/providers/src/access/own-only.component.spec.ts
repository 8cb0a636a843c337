import { join } from 'node:path';
import { type Principal, type Role, roles } from '@okienko/chassis/access';
import { atWork } from '@okienko/testing/at-work';
import { SampleRequests } from '@okienko/testing/sample-request';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { overheardStatements, toldBy } from '@okienko/testing/statements';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { Quality } from '../inspections/scenario';
import { account, idOf, Scenario, today } from '../scenario';
import { providersService } from '../service';
import { SettlementScenario } from '../settlements/scenario';
import { type Route, routes } from './service.routes';

jest.setTimeout(180_000);

const requests = new SampleRequests(join(__dirname, '..', '..', 'openapi.json'));
const statementsFor = overheardStatements();
let service: ServiceUnderTest;
type Things = Readonly<Record<string, string>>;
/** Things of one provider by the first word of their path, the account of another, and what that one has of its own. */
let things: Things;
let stranger: string;
let strangers: Things;
let strangersVersion: number;

const name = 'Zenobia Kanarkowa';
beforeAll(async () => {
  service = await startForTest(providersService);
  const scenario = new Scenario(service);
  const settlements = new SettlementScenario(service);
  const agreed = await settlements.agreed();
  const { providerId, offerId, order, agreementId } = agreed;
  const [capacity] = await service.sql<{ id: string }>('select id from capacity where provider_id = $1', [providerId]);
  const capacityId = capacity?.id ?? '';
  const as = account(providerId);
  const create = async (path: string, body: object) => idOf(await service.http('POST', path, { as, body }));
  const performerId = await create('/performers', { providerId, kind: 'STAFF', name, from: today });
  const qualification = { code: 'NURSE', from: today, evidenceCode: 'DIPLOMA' };
  await service.http('POST', `/performers/${performerId}/qualifications`, { as, ifMatch: 1, body: qualification });
  const [proof] = await service.sql<{ id: string }>('select id from performer_proof', []);
  const quality = new Quality(service);
  const standardId = await quality.standard(offerId);
  const finding = await quality.found(agreed);
  const complaintId = await quality.asked(providerId);
  const { body: asked } = await service.http('POST', `/service-orders/${order.id}/questions`, {
    as,
    ifMatch: order.version,
    body: { questionCode: 'WAY_IN' },
  });
  things = {
    providers: providerId,
    capacities: capacityId,
    holds: idOf(await scenario.hold(capacityId)),
    places: await create('/places', { providerId, name: 'Klub', address: 'ul. Winna 9, Elbląg' }),
    'staff-members': await create(`/providers/${providerId}/staff`, { account: 'anna', name }),
    performers: performerId,
    proofs: proof?.id ?? '',
    'service-orders': order.id,
    requests: String(asked['requestId']),
    deliveries: idOf(await scenario.record(order, 1)),
    agreements: agreementId,
    settlements: idOf(await settlements.open(agreed)),
    offers: offerId,
    standards: standardId,
    inspections: finding.inspectionId,
    findings: finding.id,
    complaints: complaintId,
    'position-requests': complaintId,
  };
  const other = await scenario.places(5);
  stranger = other.providerId;
  const itsOrder = await scenario.acceptedOrder(other);
  strangersVersion = itsOrder.version;
  strangers = {
    capacities: other.capacityId,
    performers: await scenario.performer(stranger),
    'service-orders': itsOrder.id,
  };
});
afterAll(() => service.stop());

/** Good bodies that name things of the first provider. Of a route that is not here the least that its description lets through, where it names a thing. */
const bodyOf = (route: string): object => {
  const { providers: providerId, offers: offerId } = things;
  const ngo = { kind: 'NGO', name: { pl: 'Fundacja Obca' } };
  const place = { name: 'Klub', address: 'ul. Winna 9, Elbląg' };
  const proof = { code: 'NURSE', from: today, evidenceCode: 'DIPLOMA' };
  const bodies: Record<string, object> = {
    'POST /providers': ngo,
    'POST /providers/:id/details': ngo,
    'POST /providers/:id/verification': { evidenceCode: 'KRS_EXTRACT' },
    'POST /providers/:id/rejection': { reasonCode: 'NOT_IN_REGISTER' },
    'POST /providers/:id/deactivation': { reasonCode: 'CEASED_ACTIVITY' },
    'POST /providers/:id/staff': { account: 'intruder', name },
    'POST /staff-members/:id/name': { name },
    'POST /places': { providerId, ...place },
    'POST /places/:id/details': place,
    'POST /performers': { providerId, kind: 'STAFF', name, from: today },
    'POST /performers/:id/name': { name },
    'POST /performers/:id/leaving': { leftOn: today },
    'POST /performers/:id/qualifications': proof,
    'POST /performers/:id/conditions': { conditions: [{ ...proof, code: 'ADULT' }] },
    'POST /required-qualifications': { offerId, code: 'NURSE', basis: 'Dz.U. 2011', from: today },
    'POST /required-qualifications/:id/end': { to: today },
    'POST /capacities': { providerId, offerId, places: 1, from: '2020-01-01', to: '2020-01-31' },
    'POST /capacities/:id/revision': { places: 1, from: '2020-01-01', to: '2020-01-31' },
    'POST /capacities/:id/closure': { reasonCode: 'OTHER' },
    'POST /service-orders/:id/declination': { reasonCode: 'OTHER' },
    'POST /standards': { offerId, criteria: [{ code: 'CARE_DIARY', sentence: 'Jest dziennik.' }] },
    'POST /inspections': { providerId, offers: [{ offerId }], announced: true, plannedOn: today },
    'POST /findings/:id/remedy': { remedy: 'Jest.' },
    'POST /complaints': { providerId, channel: 'DESK', anonymous: true, words: name, receivedOn: today },
    'POST /position-requests/:id/position': { words: name },
    'POST /deliveries': { orderId: things['service-orders'], deliveredOn: today, quantity: 1 },
  };
  return (bodies[route] ?? (route.includes(':') && requests.of(described(route), { offerId }).body)) || {};
};

/** As the OpenAPI document writes it. */
const described = (route: string): string => route.replaceAll(/:(\w+)/g, '{$1}');

const queryOf = (route: string): string => {
  const span = `from=${today}&to=${today}`;
  const queries: Record<string, string> = {
    'GET /availability': `?offerId=${things['offers']}&${span}`,
    'GET /capacities/:id/availability': `?${span}`,
    'GET /service-orders/:id/schedule': `?${span}`,
    'GET /figures': `?offerId=${things['offers']}&${span}`,
    'GET /figures.csv': `?offerId=${things['offers']}&${span}`,
    'GET /providers/:id/figures': `?${span}`,
    'GET /providers/:id/figures.csv': `?${span}`,
    'GET /visits': `?performerId=${things['performers']}&${span}`,
  };
  return queries[route] ?? '';
};

const kindOf = ({ path }: Route): string => path.split('/')[1] ?? '';
/** `:id` is of the kind that the path begins with, `:holdId` one of the holds. */
const pathOf = (route: Route, made: Things): string => {
  const kind = (id: string): string => (id === 'id' ? kindOf(route) : `${id.slice(0, -2)}s`);
  const named = route.path.replaceAll(/:(\w+)/g, (_, id: string) => made[kind(id)] ?? uuidv7());
  return `${named}${queryOf(route.name)}`;
};
const call = (route: Route, as: Partial<Principal>, made: Things = things, ifMatch = 1): Promise<Answer> =>
  service.http(route.method, pathOf(route, made), {
    as,
    ...(route.method === 'POST' && { ifMatch, body: bodyOf(route.name) }),
  });
/** Everything that the first provider has. */
const held = (): string[] => {
  const its = ['place', 'provider_staff', 'performer', 'capacity', 'service_order', 'delivery', 'agreement'];
  const more = ['settlement', 'inspection', 'finding', 'complaint'];
  return [`provider where id = '${things['providers']}'`].concat(
    [...its, ...more].map((table) => `${table} where provider_id = '${things['providers']}'`),
  );
};
const factsAbout = async (ids: readonly string[]): Promise<unknown> =>
  service.sql(
    'select aggregate_id, max(sequence) as last from outbox where aggregate_id = any($1) group by 1 order by 1',
    [ids],
  );

describe('a provider', () => {
  const combinations = fc.subarray([...roles], { minLength: 1 });

  it.each(routes.map((route) => [route.name, route] as const))(
    'gets nothing of another by %s, whatever roles its account has',
    async (_, route) => {
      const ids = Object.entries(things).flatMap(([kind, id]) => (kind === 'offers' ? [] : [id]));
      const before = await factsAbout(ids);
      await fc.assert(
        fc.asyncProperty(combinations, async (granted: Role[]) => {
          const { status, body } = await call(route, { sub: 'intruder', roles: granted, providerId: stranger });
          // A 409 or 412 would tell that the thing exists.
          if (route.method === 'POST') expect([400, 403, 404, 415]).toContain(status);
          else expect([200, 403, 404]).toContain(status);
          if (route.method === 'GET') for (const id of ids) expect(JSON.stringify(body)).not.toContain(id);
          expect(JSON.stringify(body)).not.toContain('Kanark');
        }),
        { numRuns: 6, examples: [[[...roles]], [['provider']]] },
      );
      expect(await factsAbout(ids)).toEqual(before);
    },
  );

  const ofThings = routes.filter(({ path }) => path.includes(':'));
  const accounts = ({ allowed }: Route): Partial<Principal>[] =>
    allowed.map((granted) => ({ sub: 'intruder', roles: [granted], providerId: stranger }));
  const expectAlike = (foreign: Answer, unknown: Answer): void => {
    expect(toldBy(foreign)).toEqual(toldBy(unknown));
    expect(statementsFor(foreign)).toEqual(statementsFor(unknown));
  };

  describe('while somebody is at work on it', () => {
    let leave: () => Promise<void>;
    beforeAll(async () => (leave = await atWork(service.database.app, held())));
    afterAll(() => leave());

    it.each(ofThings.map((route) => [route.name, route] as const))(
      'cannot tell by the work behind %s whether it is another’s or nobody’s',
      async (_, route) => {
        for (const as of accounts(route)) {
          const foreign = await call(route, as);
          // What the centre does itself is closed whatever it is done to; of the rest there has to be one.
          if (foreign.status === 403) expect(foreign.body['type']).toMatch(/reserved-for-centre$/);
          else expect([foreign.status, typeof things[kindOf(route)]]).toEqual([404, 'string']);
          expectAlike(foreign, await call(route, as, {}));
        }
      },
    );

    it.each(ofThings.filter(({ path }) => path.split(':').length > 2).map((route) => [route.name, route] as const))(
      'cannot tell by %s of its own whether another has such a thing',
      async (_, route) => {
        for (const as of accounts(route)) {
          const version = kindOf(route) === 'service-orders' ? strangersVersion : 1;
          const foreign = await call(route, as, { ...things, ...strangers }, version);
          expect(foreign.status).toBe(404);
          expectAlike(foreign, await call(route, as, strangers, version));
        }
      },
    );
  });

  it('gets its own where its role may: the requests above are understood', async () => {
    const own = account(things['providers'] ?? '');
    const known = routes.filter(({ method, name: route }) => method === 'GET' || Object.keys(bodyOf(route)).length > 0);
    expect(known.length).toBeGreaterThan(25);
    for (const route of known) {
      const isMade = !route.path.includes(':') || things[route.path.split('/')[1] ?? ''] !== undefined;
      if (!route.allowed.includes('provider') || !isMade) continue;
      const { status } = await call(route, own);
      expect([route.name, [400, 401, 403, 404].includes(status)]).toEqual([route.name, false]);
    }
  });
});
