import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '@okienko/chassis/access';
import { type Service, services } from '@okienko/contracts/event';
import type { ServiceUnderTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { Attacker, type Attack, needs, type Request, stranger } from './attacker';
import { badTokens } from './bad-tokens';
import { startFour } from './four-services';
import {
  anyQuery,
  badCursors,
  badIds,
  badLimits,
  badNumbers,
  brokenBodies,
  likeButOdd,
  spoiled,
} from './hostile-values';
import type { Parameter, Route } from './routes';

const seed = Number(process.env['HOSTILE_SEED'] ?? Date.now() % 2 ** 31);
/** A service has a hundred routes, and a machine that does other things too is slow. */
const patience = 240_000;
let four: Record<Service, ServiceUnderTest>;

beforeAll(async () => {
  four = await startFour();
}, 60_000);
afterAll(() => Promise.all(Object.values(four).map((service) => service.stop())), 30_000);

const parametersIn = (route: Route, where: Parameter['in']): Parameter[] =>
  route.parameters.filter((parameter) => parameter.in === where);

/** Each row of a batch is answered by itself, and the batch as a whole is done. */
const isOfRow = ({ path }: { readonly path: string }, fault: string): boolean =>
  path === '/deliveries/batch' && fault.startsWith('/deliveries/0');

describe.each(services)('hostile input to %s', (service) => {
  let attacker: Attacker;
  beforeAll(async () => {
    attacker = new Attacker(service, four[service]);
    const made = await attacker.make();
    console.info(`${service}: ${attacker.api.routes.length} routes, with ${made.join(', ')}; HOSTILE_SEED=${seed}`);
  }, patience);
  afterAll(() => console.info(`${service}: ${attacker.sent} requests`));
  afterEach(() => attacker.report(`HOSTILE_SEED=${seed}`));

  /** The request that would be right, to be spoiled in one place. */
  const right = (route: Route): Request => {
    const body = attacker.body(route);
    return body ? { body: JSON.stringify(body) } : {};
  };

  test(
    'no token, a foreign one or one of another role opens no door',
    async () => {
      const known = new Map<string, Promise<[string, string | undefined][]>>();
      // One guard reads the tokens of all routes: each route gets no token and every sixth kind of bad ones, so that all are tried by all.
      let turn = 0;
      await attacker.refused(async (route) => {
        const principal = attacker.principal(route);
        const tokens = known.get(JSON.stringify(principal)) ?? badTokens(attacker.target.issuer, principal);
        known.set(JSON.stringify(principal), tokens);
        // Where no token is needed none is right, but a bad one is refused all the same.
        turn += 1;
        const foreign = (await tokens)
          .filter(([, authorization], at) => (authorization === undefined ? route.roles : at % 6 === turn % 6))
          .map(([fault, authorization]): Attack => [fault, { ...right(route), authorization }, [401]]);
        const strange = route.roles ? roles.filter((role) => !route.roles?.includes(role)) : [];
        const others = await Promise.all(
          strange.map(async (role): Promise<Attack> => [
            `as ${role}`,
            { ...right(route), authorization: await attacker.as(role) },
            [403],
          ]),
        );
        const nobody: Attack[] = route.roles
          ? [['without a role', { ...right(route), authorization: await attacker.as() }, [403]]]
          : [];
        return [...foreign, ...others, ...nobody];
      });
    },
    patience,
  );

  test(
    'an address that names nothing, or cannot be read, is refused',
    async () => {
      await attacker.refused((route) =>
        parametersIn(route, 'path')
          .filter(({ schema }) => schema['format'] === 'uuid')
          .flatMap(({ name }) =>
            [...badIds, stranger].map((id): Attack => [
              `{${name}} is ${id.slice(0, 40)}`,
              { ...right(route), ids: { [name]: id } },
              [400, 404],
            ]),
          ),
      );
    },
    patience,
  );

  test(
    'a query that the route does not know is refused',
    async () => {
      const bad: Record<string, readonly string[]> = { limit: badLimits, after: badCursors };
      const badValues = ({ name, schema }: Parameter): readonly string[] => {
        if (schema['type'] === 'integer' && name !== 'limit') return badNumbers;
        const { pattern, enum: values } = schema as { pattern?: string; enum?: unknown[] };
        return (
          bad[name] ?? [
            '%00',
            ...(pattern || values ? ['', '%ff', '%20', 'x'.repeat(3000), `${encodeURIComponent("'")}`] : []),
          ]
        );
      };
      await attacker.refused((route) => {
        const queries = parametersIn(route, 'query');
        if (queries.length === 0) return [];
        const faults = queries.flatMap((parameter) =>
          badValues(parameter).map((value) => `${parameter.name}=${value}`),
        );
        return [...faults, 'surprise=1', 'limit[$gt]=1'].map((query): Attack => [
          `?${query.slice(0, 60)}`,
          { query: `?${query}` },
          [400],
        ]);
      });
    },
    patience,
  );

  test(
    'headers that are missing or malformed are refused',
    async () => {
      await attacker.refused((route) => {
        const header = (name: string, statuses: number[], ...values: (string | undefined)[]): Attack[] =>
          values.map((value) => [
            `${name}: ${value?.slice(0, 40) ?? 'missing'}`,
            { ...right(route), headers: { [name]: value } },
            statuses,
          ]);
        return [
          ...(needs(route, 'If-Match')
            ? [
                ...header('If-Match', [428], undefined),
                ...header('If-Match', [400], '*', 'W/"1"', '1', '"x"', '""', '"1", "2"', '"-1"', '"99999999999"'),
                ...header('If-Match', [404, 412], '"999999"'),
              ]
            : []),
          ...(route.method === 'POST' ? header('Idempotency-Key', [400], '', 'a b', 'é', 'x'.repeat(256)) : []),
          ...(needs(route, 'Idempotency-Key') ? header('Idempotency-Key', [400], undefined) : []),
          ...(route.parameters.some(({ name }) => name === 'Okienko-Purpose')
            ? header('Okienko-Purpose', [400], '', 'lower', 'A B', 'X'.repeat(65))
            : []),
        ];
      });
    },
    patience,
  );

  test(
    'a body that is no JSON object, or not of this world, is refused',
    async () => {
      await attacker.refused((route) =>
        route.body
          ? brokenBodies.map(({ fault, body, contentType }): Attack => [fault, { body, contentType }, [400, 413, 415]])
          : [],
      );
    },
    patience,
  );

  test(
    'a body with one field wrong, missing or unknown is refused',
    async () => {
      await attacker.refused((route) =>
        route.body
          ? spoiled(attacker.api, route.body, attacker.body(route))
              .filter(({ fault }) => !isOfRow(route, fault))
              .map(({ fault, body }): Attack => [fault, { body }, [400]])
          : [],
      );
      for (const route of attacker.api.routes)
        for (const { fault, body } of route.body ? spoiled(attacker.api, route.body, attacker.body(route)) : [])
          if (isOfRow(route, fault)) await attacker.attack(route, fault, { body }, [200]);
    },
    patience,
  );

  test('the document that is served is the one by which it is attacked, and there is a page for people', async () => {
    const served = await attacker.target.http('GET', '/openapi.json');
    expect(served.body).toEqual(
      JSON.parse(readFileSync(join(__dirname, '..', '..', 'services', service, 'openapi.json'), 'utf8')),
    );
    for (const path of ['/docs', '/docs/start.js', '/docs/swagger-ui-bundle.js', '/docs/swagger-ui.css'])
      expect([path, (await attacker.target.http('GET', path)).status]).toEqual([path, 200]);
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
      for (const request of fc.sample(requests, { seed, numRuns: body ? 25 : queries.length > 0 ? 15 : 1 })) {
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
