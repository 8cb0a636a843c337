import type { Principal } from '@okienko/chassis/access';
import fc from 'fast-check';
import { desk, gmina, idOf, type Json, Scenario } from '../scenario';
import { withSight } from './sight';
import { whoMay } from './who-may';

jest.setTimeout(120_000);

const units = ['main', 'north', 'south'] as const;
const staff = ['desk', 'coordinator', 'services-organiser', 'director', 'finance', 'auditor'] as const;
const birthDate = '1950-05-14';

/** What stands in one unit: each kind with the id of its thing. */
interface Place {
  readonly unit: string;
  readonly personId: string;
  readonly familyName: string;
  readonly ids: Readonly<Record<string, string>>;
  /** What was opened of the person with a reason, by an account that every caller has. */
  readonly glass: string;
}

let scenario: Scenario;
let places: readonly Place[];
beforeAll(async () => {
  scenario = await Scenario.start();
  const { offerId } = await scenario.offer(9);
  places = await Promise.all(
    units.map((unit, at) => placeIn(unit, `Wspólna${['', 'Pierwsza', 'Druga'][at]}`, offerId)),
  );
}, 60_000);
afterAll(() => scenario.stop());

async function placeIn(unit: string, familyName: string, offerId: string): Promise<Place> {
  const clerk = { ...desk, unit };
  const create = async (path: string, body: Json): Promise<string> => idOf(await scenario.post(path, clerk, body));
  const personId = await create('/persons', { givenName: 'Iga', familyName, birthDate, terc: gmina });
  const representativeId = await scenario.person(gmina, clerk);
  const represented = { personId, representativeId, basis: 'PARENT', validFrom: '2020-01-01' };
  const elsewhere = {
    personId,
    system: 'POMOST',
    number: '17',
    kindCode: 'POSILKI',
    status: 'OPEN',
    from: '2026-01-01',
  };
  const application = await scenario.file([offerId], { personId }, clerk);
  const ids = {
    applications: application.id,
    representations: await create('/representations', represented),
    households: await create('/households', { members: [{ personId, relation: 'REFERENCE', from: '2026-01-01' }] }),
    'external-cases': await create('/external-cases', elsewhere),
    persons: personId,
  };
  const stranger = { sub: 'any', roles: ['desk'], unit: 'west' } as const;
  const glass = idOf(await scenario.post('/break-glass', stranger, { personId, reason: 'Zemdlała w poczekalni.' }));
  return { unit, personId, familyName, ids, glass };
}

interface Caller {
  readonly as: Principal;
  readonly glass: string | undefined;
}
const callers = fc
  .record({
    roles: fc.subarray([...staff], { minLength: 1, maxLength: 2 }),
    unit: fc.constantFrom(...units, 'west', undefined),
    opened: fc.option(fc.nat(units.length - 1), { nil: undefined, freq: 3 }),
  })
  .map(({ roles, unit, opened }) => ({ as: { sub: 'any', roles, ...(unit && { unit }) }, opened }));

const call = (method: string, path: string, { as, glass }: Caller, body?: Json) =>
  scenario.service.http<Json & { items?: Json[] }>(method, path, {
    as,
    ...(glass && { headers: { 'Okienko-Break-Glass': glass } }),
    ...(body && { body }),
  });
const mayCall = ({ as }: Caller, route: string): boolean => as.roles.some((role) => whoMay[route]?.includes(role));

/** The things of one kind that lists and searches show. */
async function listed(kind: string, caller: Caller): Promise<string[]> {
  const pages =
    kind === 'persons'
      ? await Promise.all(
          places.map(({ familyName }) =>
            call('POST', '/persons/search', caller, { familyName, givenName: 'Iga', birthDate }),
          ),
        )
      : kind === 'households' || kind === 'external-cases'
        ? await Promise.all(places.map(({ personId }) => call('GET', `/${kind}?personId=${personId}`, caller)))
        : [await call('GET', `/${kind}?limit=200`, caller)];
  for (const { status } of pages) expect(status).toBe(200);
  return pages.flatMap(({ body }) => (body.items ?? []).map(({ id }) => String(id)));
}

/** Those of them that can be got. */
async function got(kind: string, caller: Caller): Promise<string[]> {
  const ids = places.map((place) => place.ids[kind] ?? '');
  const statuses = await Promise.all(ids.map(async (id) => (await call('GET', `/${kind}/${id}`, caller)).status));
  for (const status of statuses) expect([200, 404]).toContain(status);
  return ids.filter((_, at) => statuses[at] === 200);
}

describe('no list, search or count', () => {
  it.each([
    ['persons', 'POST /persons/search'],
    ['applications', 'GET /applications'],
    ['representations', 'GET /representations'],
    ['households', 'GET /households'],
    ['external-cases', 'GET /external-cases'],
  ])('of %s shows more than can be got, or less', async (kind, list) => {
    await fc.assert(
      fc.asyncProperty(callers, async ({ as, opened }) => {
        const caller: Caller = { as, glass: opened === undefined ? undefined : places[opened]?.glass };
        if (!mayCall(caller, list) || !mayCall(caller, `GET /${kind}/{id}`)) return;
        const ours = new Set(places.map(({ ids }) => ids[kind]));
        const shown = (await listed(kind, caller)).filter((id) => ours.has(id));
        expect(shown.sort()).toEqual((await got(kind, caller)).sort());
      }),
      { numRuns: 30 },
    );
  });

  it('of work tells of anything but the caller’s own unit, nor counts it', async () => {
    await fc.assert(
      fc.asyncProperty(callers, fc.constantFrom(...units), async ({ as, opened }, unit) => {
        const caller: Caller = { as, glass: opened === undefined ? undefined : places[opened]?.glass };
        const { status, body } = await call('GET', `/worklist?unit=${unit}&limit=200`, caller);
        expect(status).toBe(200);
        const seesAll = as.roles.some((role) => ['services-organiser', 'director', 'auditor'].includes(role));
        const isOwn = (as.unit ?? 'main') === unit;
        for (const item of body.items ?? []) expect(item['unit']).toBe(unit);
        const counted = Object.values(body['counts'] as Record<string, number>).reduce((sum, count) => sum + count, 0);
        expect(counted > 0).toBe(seesAll || isOwn);
        expect(counted).toBe(body.items?.length);
      }),
      { numRuns: 30 },
    );
  });

  it('is asked by a sight that somebody makes up', async () => {
    const [{ personId } = { personId: '' }] = places;
    const forged = withSight({ sub: 'any', roles: ['desk'], unit: 'west' }, { id: personId, persons: [personId] });
    const token = await scenario.service.issuer.token(forged, { sight: { id: personId, persons: [personId] } });
    const { status } = await scenario.service.http('GET', `/persons/${personId}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(status).toBe(404);
  });
});
