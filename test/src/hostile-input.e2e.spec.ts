import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Service, services } from '@okienko/contracts/event';
import type { ServiceUnderTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { Attacker, type Attack, inParallel, type Request } from './attacker';
import { isOfRow, onAddress, onBody, onFields, onHeaders, onQuery, onTokens, onVersion, parametersIn } from './attacks';
import { Chance } from './chance';
import { startFour } from './four-services';
import { anyQuery, likeButOdd } from './hostile-values';

const seed = Number(process.env['HOSTILE_SEED'] ?? Date.now() % 2 ** 31);
/** Of the attacks on a route so many are tried, others with every seed; `npm run fuzz` tries them all. */
const share = Number(process.env['HOSTILE_SHARE'] ?? 0.3);
const chance = new Chance(seed);
const some = (attacks: readonly Attack[]): readonly Attack[] => {
  const tried = attacks.filter(() => chance.next() < share);
  return tried.length > 0 || attacks.length === 0 ? tried : [chance.pick(attacks)];
};
/** A service has a hundred routes, and a machine that does other things too is slow. */
const patience = 240_000;
let four: Record<Service, ServiceUnderTest>;

beforeAll(async () => {
  four = await startFour();
}, 60_000);
afterAll(() => Promise.all(Object.values(four).map((service) => service.stop())), 30_000);

describe.each(services)('hostile input to %s', (service) => {
  let attacker: Attacker;
  beforeAll(async () => {
    attacker = new Attacker(service, four[service]);
    const made = await attacker.make();
    console.info(`${service}: ${attacker.api.routes.length} routes, with ${made.join(', ')}; HOSTILE_SEED=${seed}`);
  }, patience);
  afterAll(() => console.info(`${service}: ${attacker.sent} requests`));
  afterEach(() => attacker.report(`HOSTILE_SEED=${seed}`));

  test(
    'no token, a foreign one or one of another role opens no door',
    () => attacker.refused(async (route) => some(await onTokens(attacker, route))),
    patience,
  );

  test(
    'an address that names nothing, or cannot be read, is refused',
    () => attacker.refused((route) => some(onAddress(attacker, route))),
    patience,
  );

  test(
    'a query that the route does not know is refused',
    () => attacker.refused((route) => some(onQuery(attacker, route))),
    patience,
  );

  test(
    'headers that are missing or malformed are refused',
    () => attacker.refused((route) => some(onHeaders(attacker, route))),
    patience,
  );

  test(
    'a body that is no JSON object, or not of this world, is refused',
    () => attacker.refused((route) => some(onBody(attacker, route))),
    patience,
  );

  test(
    'a body with one field wrong, missing or unknown is refused',
    async () => {
      await attacker.refused((route) => some(onFields(attacker, route).filter(([fault]) => !isOfRow(route, fault))));
      for (const route of attacker.api.routes.filter((one) => isOfRow(one, '/deliveries/0')))
        for (const [fault, request, statuses] of onFields(attacker, route))
          if (isOfRow(route, fault)) await attacker.attack(route, fault, request, statuses);
    },
    patience,
  );

  test('the document that is served is the one by which it is attacked, and there is a page for people', async () => {
    const served = await four[service].http('GET', '/openapi.json');
    expect(served.body).toEqual(
      JSON.parse(readFileSync(join(__dirname, '..', '..', 'services', service, 'openapi.json'), 'utf8')),
    );
    for (const path of ['/docs', '/docs/start.js', '/docs/swagger-ui-bundle.js', '/docs/swagger-ui.css'])
      expect([path, (await four[service].http('GET', path)).status]).toEqual([path, 200]);
  });

  test('a repeated key gives the same answer to the same body, and none to another', async () => {
    for (const route of attacker.api.routes.filter(({ method }) => method === 'POST')) {
      const made = attacker.made.get(route.path);
      if (!made) continue;
      const before = await attacker.rows();
      const again = await attacker.send(route, {
        body: JSON.stringify(made.body),
        headers: { 'Idempotency-Key': made.key },
      });
      expect([route.path, again.status, again.body]).toEqual([
        route.path,
        201,
        expect.objectContaining({ id: made.id, ...(made.versioned && { version: made.version }) }),
      ]);
      for (const everything of [true, false]) {
        const other = JSON.stringify(attacker.body(route, everything));
        if (other === JSON.stringify(made.body)) continue;
        await attacker.attack(
          route,
          'a repeated key',
          { body: other, headers: { 'Idempotency-Key': made.key } },
          [422],
        );
      }
      expect(await attacker.rows()).toBe(before);
    }
  }, 30_000);

  test('whatever the values, and whatever the method, the service stands', async () => {
    for (const route of attacker.api.routes.filter(({ method }) => method === 'GET'))
      await attacker.attack(route, 'nothing wrong', {});
    for (const route of attacker.api.routes) {
      const body = attacker.body(route);
      const queries = parametersIn(route, 'query').map(({ name }) => name);
      const query = fc.tuple(fc.constantFrom(...queries, 'x'), anyQuery).map(([name, value]) => `?${name}=${value}`);
      const requests: fc.Arbitrary<Request> = body
        ? likeButOdd(body).map((odd) => ({ body: odd }))
        : queries.length > 0
          ? query.map((odd) => ({ query: odd }))
          : fc.constant({});
      let rows = await attacker.rows();
      for (const request of fc.sample(requests, {
        seed,
        numRuns: Math.ceil((body ? 25 : queries.length > 0 ? 15 : 1) * share),
      })) {
        const status = await attacker.attack(route, JSON.stringify(request).slice(0, 300), request);
        const now = await attacker.rows();
        if (status >= 400 && now !== rows)
          attacker.note(
            route,
            JSON.stringify(request).slice(0, 300),
            `refused with ${status}, and yet rows went from ${rows} to ${now}`,
          );
        rows = now;
      }
    }
    for (const path of new Set(attacker.api.routes.map((route) => route.path))) {
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        if (attacker.api.routes.some((route) => route.path === path && route.method === method)) continue;
        await attacker.attack(
          { method, path, roles: undefined, parameters: [], body: undefined, statuses: [404, 405] },
          method,
          {},
          [404, 405],
        );
      }
    }
  }, 90_000);

  test(
    'a stale version is told of first, whatever states things have come to',
    async () => {
      await attacker.renew();
      const stale = attacker.api.routes.flatMap((route) => onVersion(attacker, route).map((one) => ({ route, one })));
      let states = 0;
      await attacker.live(async () => {
        states += 1;
        await inParallel(stale, ({ route, one: [fault, request, statuses] }) =>
          attacker.attack(route, `${fault}, state ${states}`, request, statuses),
        );
      });
      expect(states).toBeGreaterThan(2);
    },
    patience,
  );
});

describe('a PESEL that is none', () => {
  const desk = { sub: 'desk-1', roles: ['desk'] } as const;
  // Wrong check digit, month and day that no calendar has, too short, too long, other digits, blanks, nothing.
  test.each([
    '44051401358',
    '44133101351',
    '44023101350',
    '4405140135',
    '440514013590',
    '４４０５１４０１３５９',
    ' 44051401359',
    '00000000000',
    '99999999999',
    '4405140135O',
    '',
  ])('"%s" is refused, and nobody is registered', async (pesel) => {
    const before = await four.cases.sql(
      'select (select count(*)::int from person) as persons, (select count(*)::int from outbox) as events',
    );
    const person = {
      givenName: 'Żaneta',
      familyName: 'Łoś',
      terc: '2861011',
      identifier: { kind: 'PESEL', value: pesel },
    };
    const registered = await four.cases.http('POST', '/persons', { as: desk, body: person });
    const searched = await four.cases.http('POST', '/persons/search', { as: desk, body: { pesel } });
    for (const { status, body } of [registered, searched]) {
      expect([400, 422]).toContain(status);
      // What was typed may be somebody's number.
      if (pesel.length > 5) expect(JSON.stringify(body)).not.toContain(pesel);
    }
    expect(
      await four.cases.sql(
        'select (select count(*)::int from person) as persons, (select count(*)::int from outbox) as events',
      ),
    ).toEqual(before);
  });
});
