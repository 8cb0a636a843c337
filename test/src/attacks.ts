import { roles } from '@okienko/chassis/access';
import { type Attack, type Attacker, needs, type Request, stranger } from './attacker';
import { badCursors, badIds, badLimits, badNumbers, brokenBodies, spoiled } from './hostile-values';
import type { Parameter, Route } from './routes';

export const parametersIn = (route: Route, where: Parameter['in']): Parameter[] =>
  route.parameters.filter((parameter) => parameter.in === where);

/** The request that would be right, to be spoiled in one place. */
export function right(attacker: Attacker, route: Route): Request {
  const body = attacker.body(route);
  return body ? { body: JSON.stringify(body) } : {};
}

/** No token, a foreign one, one of another role. */
export async function onTokens(attacker: Attacker, route: Route): Promise<Attack[]> {
  // Where no token is needed none is right, but a bad one is refused all the same.
  const foreign = (await attacker.badTokens(route))
    .filter(([, authorization]) => route.roles || authorization !== undefined)
    .map(([fault, authorization]): Attack => [fault, { ...right(attacker, route), authorization }, [401]]);
  return [...foreign, ...(await onRoles(attacker, route))];
}

export async function onRoles(attacker: Attacker, route: Route): Promise<Attack[]> {
  if (!route.roles) return [];
  const strange = roles.filter((role) => !route.roles?.includes(role));
  const others = strange.map(async (role): Promise<Attack> => [
    `as ${role}`,
    { ...right(attacker, route), authorization: await attacker.as(role) },
    [403],
  ]);
  const nobody: Attack = ['without a role', { ...right(attacker, route), authorization: await attacker.as() }, [403]];
  return [...(await Promise.all(others)), nobody];
}

/**
 * `providers` does not know whose orders it has: of whoever it has never heard it answers that it holds nothing (GDPR art. 15). And whoever
 * asks where an event is gets for an answer that it is not here.
 */
const knowsNobody = ({ method, path }: Route): boolean =>
  (method === 'POST' && path === '/persons/{id}/copy') ||
  (method === 'GET' && path.startsWith('/operations/events/{id}'));

/** An address that names nothing, or cannot be read. */
export const onAddress = (attacker: Attacker, route: Route): Attack[] =>
  parametersIn(route, 'path')
    .filter(({ schema }) => schema['format'] === 'uuid')
    .flatMap(({ name }) =>
      [...badIds, ...(knowsNobody(route) ? [] : [stranger])].map((id): Attack => [
        `{${name}} is ${id.slice(0, 40)}`,
        { ...right(attacker, route), ids: { [name]: id } },
        [400, 404],
      ]),
    );

const badQueries: Readonly<Record<string, readonly string[]>> = { limit: badLimits, after: badCursors };
const badValues = ({ name, schema }: Parameter): readonly string[] => {
  if (schema['type'] === 'integer' && name !== 'limit') return badNumbers;
  const { pattern, enum: values } = schema as { pattern?: string; enum?: unknown[] };
  return (
    badQueries[name] ?? [
      '%00',
      ...(pattern || values ? ['', '%ff', '%20', 'x'.repeat(3000), `${encodeURIComponent("'")}`] : []),
    ]
  );
};

/** A query that the route does not know. */
export function onQuery(_: Attacker, route: Route): Attack[] {
  const queries = parametersIn(route, 'query');
  if (queries.length === 0) return [];
  const faults = queries.flatMap((parameter) => badValues(parameter).map((value) => `${parameter.name}=${value}`));
  return [...faults, 'surprise=1', 'limit[$gt]=1'].map((query): Attack => [
    `?${query.slice(0, 60)}`,
    { query: `?${query}` },
    [400],
  ]);
}

/** Headers that are missing or malformed. */
export function onHeaders(attacker: Attacker, route: Route): Attack[] {
  const header = (name: string, statuses: number[], ...values: (string | undefined)[]): Attack[] =>
    values.map((value) => [
      `${name}: ${value?.slice(0, 40) ?? 'missing'}`,
      { ...right(attacker, route), headers: { [name]: value } },
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
}

/** A precondition comes before the act (RFC 9110, 13.2.2): what the state, the Act or the programme forbids is not said to who has not seen it. */
export const onVersion = (attacker: Attacker, route: Route): Attack[] =>
  needs(route, 'If-Match')
    ? [['a stale version', { ...right(attacker, route), headers: { 'If-Match': '"999999"' } }, [404, 412]]]
    : [];

/** A body that is no JSON object, or not of this world. */
export const onBody = (_: Attacker, route: Route): Attack[] =>
  route.body
    ? brokenBodies.map(({ fault, body, contentType }): Attack => [fault, { body, contentType }, [400, 413, 415]])
    : [];

/** Each row of a batch is answered by itself, and the batch as a whole is done. */
export const isOfRow = ({ path }: { readonly path: string }, fault: string): boolean =>
  path === '/deliveries/batch' && fault.startsWith('/deliveries/0');

/** A body with one field wrong, missing or unknown. */
export const onFields = (attacker: Attacker, route: Route): Attack[] =>
  route.body
    ? spoiled(attacker.api, route.body, attacker.body(route)).map(({ fault, body }): Attack => [
        fault,
        { body },
        isOfRow(route, fault) ? [200] : [400],
      ])
    : [];
