import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '@okienko/chassis/access';
import { owned } from '@okienko/testing/owned';
import { SampleRequests } from '@okienko/testing/sample-request';
import type { Answer } from '@okienko/testing/service-test';
import { overheardStatements, toldBy } from '@okienko/testing/statements';
import { routesIn } from '@okienko/testing/who-may';
import { coordinator, desk, finance, gmina, idOf, type Json, problemOf, Scenario } from '../scenario';
import { attach, oneOfEach } from './one-of-each';
import { whoMay } from './who-may';

jest.setTimeout(60_000);
const document = join(__dirname, '..', '..', 'openapi.json');
const routes = routesIn(document);
const requests = new SampleRequests(document);
const statementsFor = overheardStatements();
let folder: string;
let scenario: Scenario;
let things: Awaited<ReturnType<typeof oneOfEach>>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'okienko-units-'));
  const centre = { CENTRE_NAME: 'CUS w Żukowie', DECIDING_AUTHORITY: 'Burmistrz Żukowa', APPEAL_BODY: 'SKO w Gdańsku' };
  scenario = await Scenario.start(undefined, { FILES_FOLDER: folder, ...centre });
  things = await oneOfEach(scenario);
}, 60_000);
afterAll(async () => {
  await scenario.stop();
  rmSync(folder, { recursive: true, force: true });
});

const bound = [coordinator, desk, finance];
const may = (route: string) => bound.filter(({ roles: [role] }) => whoMay[route]?.includes(role));
const fromElsewhere = (route: string): Principal[] =>
  may(route).map(({ roles }) => ({ sub: `${roles[0]}-elsewhere`, roles, unit: 'south' }));

const kinds = owned.cases;
const kindOf = (route: string): string =>
  /waiting-list|place-offer|decision-demand/.test(route) ? 'waiting-lists' : (route.split('/')[1] ?? '');
const known = routes.filter((route) => kinds.some((kind) => kind === kindOf(route)) && may(route).length > 0);
const isSearch = (route: string): boolean => !route.includes('{') && /^GET|^POST \/persons\//.test(route);
/** These begin something of nobody yet, or take what is no JSON. */
const newcomers = ['POST /persons', 'POST /files'];
/** Of the whole centre, of no person, or for other units alone. */
const shared = [
  'authorisations',
  'break-glass',
  'case-load',
  'disposals',
  'erasure-requests',
  'legal-holds',
  'me',
  'meetings',
  'overdue-fees',
  'payments',
  'projects',
  'statement-clauses',
  'terms',
  'worklist',
];

function call(route: string, as: Partial<Principal>, more: Json = {}): Promise<Answer<Json>> {
  const { method, path, body, isVersioned } = requests.of(route, { ...things[kindOf(route)], ...more });
  // Nobody has read a version as late as this, so that what is visible stays as it is.
  return scenario.service.http(method, path, {
    as,
    ...(body ? { body } : {}),
    ...(isVersioned ? { ifMatch: 999 } : {}),
  });
}

/** The same on ids of nothing, but for what is of the whole centre. */
function callUnknown(route: string, as: Partial<Principal>): Promise<Answer<Json>> {
  const { projectId, moment } = (things[kindOf(route)] ?? {}) as Json;
  const { method, path, body, isVersioned } = requests.of(route, { ...(projectId ? { projectId, moment } : {}) });
  return scenario.service.http(method, path, {
    as,
    ...(body ? { body } : {}),
    ...(isVersioned ? { ifMatch: 999 } : {}),
  });
}

describe('another unit', () => {
  it('is asked about every route that its staff may call', () => {
    const called = routes.filter((route) => may(route).length > 0 && !shared.includes(kindOf(route)));
    expect(called).toEqual(known);
  });

  it.each(known.filter((route) => !isSearch(route) && !newcomers.includes(route)))(
    '%s answers as if it did not exist',
    async (route) => {
      for (const stranger of fromElsewhere(route)) {
        const foreign = await call(route, stranger);
        expect(problemOf(foreign)).toEqual([404, 'not-found']);
        const unknown = await callUnknown(route, stranger);
        expect(toldBy(foreign)).toEqual(toldBy(unknown));
        // Nor by how long it takes: both do the same work.
        expect(statementsFor(foreign)).toEqual(statementsFor(unknown));
      }
      const [own = coordinator] = may(route);
      const { status } = await call(route, own);
      // A version that nobody has read is told of before the state that would forbid the act.
      if (requests.of(route).isVersioned) expect([route, status]).toEqual([route, 412]);
      else expect([400, 401, 403, 404, 500]).not.toContain(status);
    },
  );

  it.each(known.filter((route) => isSearch(route) && route.startsWith('GET')))('%s shows none of it', async (route) => {
    const { id = '' } = things[kindOf(route)] ?? {};
    for (const stranger of fromElsewhere(route))
      expect(await call(route, stranger)).toMatchObject({ body: { items: [] } });
    const [own = coordinator] = may(route);
    expect(JSON.stringify((await call(route, own)).body)).toContain(id);
  });

  it('finds nobody of it, by PESEL or by name', async () => {
    const register = (person: Json): Promise<Answer<Json>> =>
      scenario.post('/persons', desk, { familyName: 'Okularowska', givenName: 'Bożena', terc: gmina, ...person });
    const pesel = scenario.pesel();
    const numbered = idOf(await register({ identifier: { kind: 'PESEL', value: pesel } }));
    const named = { familyName: 'Łąkowska-Śnieg', givenName: 'Halina', birthDate: '1950-05-14' };
    const unnumbered = idOf(await register(named));
    for (const [path, body, id] of [
      ['/persons/search', { pesel }, numbered],
      ['/persons/search', named, unnumbered],
      ['/persons/duplicates', { ...named, terc: gmina }, unnumbered],
    ] as const) {
      for (const stranger of fromElsewhere(`POST ${path}`)) {
        expect(await scenario.post(path, stranger, body)).toMatchObject({ status: 200, body: { items: [] } });
      }
      expect(await scenario.post(path, desk, body)).toMatchObject({ body: { items: [{ id }] } });
    }
  });

  it.each(['/overdue-fees', '/worklist?unit=main'])('%s shows none of its work', async (path) => {
    for (const stranger of fromElsewhere(`GET ${path.replace(/\?.*/, '')}`)) {
      expect(await scenario.get(path, stranger)).toMatchObject({ status: 200, body: { items: [] } });
    }
    expect((await scenario.get(path, coordinator)).body['items']).not.toEqual([]);
  });

  it('attaches nothing to its applications', async () => {
    const id = things['applications']?.id ?? '';
    expect(problemOf(await attach(scenario, id, { sub: 'elsewhere', roles: ['desk'], unit: 'south' }))).toEqual([
      404,
      'not-found',
    ]);
  });
});

describe('another unit, with a reason', () => {
  const stranger: Principal = { sub: 'kipus-elsewhere', roles: ['coordinator', 'desk', 'finance'], unit: 'south' };
  const opened = new Map<string, string>();
  const tables: Readonly<Record<string, string>> = {
    applications: 'application',
    'waiting-lists': 'application',
    plans: 'individual_plan',
    allocations: 'allocation',
    decisions: 'decision',
    'needs-recognitions': 'needs_recognition',
    fees: 'fee',
    documents: 'issued_document',
    files: 'attached_file',
    representations: 'representation',
    'project-participations': 'project_participation',
  };

  const personOf = async (kind: string): Promise<string> => {
    const { id = '', personId = id } = (things[kind] ?? {}) as { id?: string; personId?: string };
    const table = tables[kind];
    if (!table) return personId;
    const [row] = await scenario.service.sql<{ whose: string }>(
      `select person_id as whose from ${table} where id = $1`,
      [id],
    );
    return row?.whose ?? '';
  };
  const open = async (personId: string): Promise<string> => {
    const known = opened.get(personId);
    if (known) return known;
    const body = { personId, reason: 'Osoba zemdlała u nas w poczekalni.' };
    const id = idOf(await scenario.post('/break-glass', stranger, body));
    opened.set(personId, id);
    return id;
  };
  const look = (route: string, glass: string): Promise<Answer<Json>> => {
    const { method, path, body } = requests.of(route, things[kindOf(route)]);
    const headers = { 'Okienko-Break-Glass': glass };
    return scenario.service.http(method, path, { as: stranger, headers, ...(body ? { body } : {}) });
  };
  // What can be taken out, and who else has looked, stays closed.
  const isPaper = (route: string): boolean => /\/(content|copy|accesses|accesses\.pdf)$/.test(route);
  const reads = known.filter((route) => route.startsWith('GET') && !isPaper(route));

  it.each(reads)('%s shows what was opened, and nothing of anybody else', async (route) => {
    const personId = await personOf(kindOf(route));
    const glass = await open(personId);
    const { id = '' } = things[kindOf(route)] ?? {};
    const seen = await look(route, glass);
    expect([route, seen.status]).toEqual([route, 200]);
    if (isSearch(route)) expect(JSON.stringify(seen.body)).toContain(id);

    const another = await look(route, await open(await scenario.person()));
    if (isSearch(route)) expect(another).toMatchObject({ status: 200, body: { items: [] } });
    else expect(problemOf(another)).toEqual([404, 'not-found']);
  });

  it('is found by a search under it, and by no other', async () => {
    const pesel = scenario.pesel();
    const person = { familyName: 'Bursztynowska', givenName: 'Iga', terc: gmina };
    const named = { familyName: 'Perłowska', givenName: 'Iga', birthDate: '1950-05-14' };
    const other = await open(await scenario.person());
    for (const [asked, given] of [
      [{ pesel }, { ...person, identifier: { kind: 'PESEL', value: pesel } }],
      [named, { ...named, terc: gmina }],
    ]) {
      const id = idOf(await scenario.post('/persons', desk, given));
      const found = (glass: string) =>
        scenario.post('/persons/search', stranger, asked, undefined, { headers: { 'Okienko-Break-Glass': glass } });
      expect(await found(await open(id))).toMatchObject({ status: 200, body: { items: [{ id }] } });
      expect(await found(other)).toMatchObject({ status: 200, body: { items: [] } });
    }
  });

  it('does nothing, and takes no paper out', async () => {
    const acts = known.filter((route) => route.startsWith('POST') && route !== 'POST /persons/search');
    const closed = [...acts.filter((act) => !newcomers.includes(act)), ...known.filter(isPaper)];
    expect(known.filter(isPaper)).toHaveLength(5);
    const glass = await open(things['persons']?.id ?? '');
    for (const route of closed)
      expect([route, problemOf(await look(route, glass))]).toEqual([route, [403, 'break-glass-is-for-looking']]);
  });
});
