import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Role, roles } from '@okienko/chassis/access';
import type { ServiceUnderTest } from './service-test';

/** Who may call what every service offers by itself, written by hand. */
export const ofTheChassis: {
  readonly open: readonly string[];
  readonly whoMay: Readonly<Record<string, readonly Role[]>>;
} = {
  open: [
    'GET /health/live',
    'GET /health/ready',
    'GET /health/startup',
    'GET /metrics',
    'GET /problems/{code}',
    // The issuer speaks; its signature is what counts.
    'POST /backchannel-logout',
  ],
  whoMay: {
    'GET /me': roles,
    'GET /dead-letters': ['operator'],
    'GET /dead-letters/{id}': ['operator'],
    'POST /dead-letters/{id}/retry': ['operator'],
    'POST /dead-letters/{id}/discard': ['operator'],
    'GET /operations/state': ['operator'],
    'GET /operations/events/{id}': ['operator'],
    'POST /revocations': ['operator'],
    'GET /revocations': ['operator', 'auditor'],
  },
};

/** The routes of a service's OpenAPI document, as `POST /plans/{id}/approval`. */
export function routesIn(document: string): string[] {
  const { paths } = JSON.parse(readFileSync(document, 'utf8')) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** How the service answers to the route, on ids of nothing, as `401 not-authenticated`; what is let in, as `let in`. */
export async function answerTo({ url, issuer }: ServiceUnderTest, route: string, role?: Role): Promise<string> {
  const [method = '', template = ''] = route.split(' ');
  const token = role && (await issuer.token({ sub: `only-${role}`, roles: [role] }));
  const response = await fetch(`${url}${template.replaceAll(/\{\w+\}/g, () => randomUUID())}`, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(method === 'POST' && { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() }),
      'If-Match': '"1"',
    },
    ...(method === 'POST' && { body: '{}' }),
  });
  if (response.status < 400) {
    // Some answers go on for as long as they are read.
    await response.body?.cancel();
    return 'let in';
  }
  const { type } = (await response.json()) as { type: string };
  const answer = `${response.status} ${type.split('/').at(-1)}`;
  if (response.status >= 500) throw new Error(`${route} fails: ${answer}`);
  return answer === '401 not-authenticated' || answer === '403 not-allowed' ? answer : 'let in';
}

/** The roles that the route lets in. */
export async function letIn(service: ServiceUnderTest, route: string): Promise<Role[]> {
  const answers = await Promise.all(roles.map((role) => answerTo(service, route, role)));
  return roles.filter((_, at) => answers[at] === 'let in');
}

/** Compares what is written by hand with the service's document, and with what it answers to each role. */
export function holdsWhoMay(
  started: () => ServiceUnderTest,
  document: string,
  { open, whoMay }: { open: readonly string[]; whoMay: Readonly<Record<string, readonly Role[]>> },
): void {
  const needNone = [...ofTheChassis.open, ...open];
  const needRole = { ...ofTheChassis.whoMay, ...whoMay };

  describe('who may call what', () => {
    it('is written down for every route of the service, and for no other', () => {
      expect([...needNone, ...Object.keys(needRole)].sort()).toEqual(routesIn(document).sort());
    });

    it.each(Object.entries(needRole))('%s', async (route, allowed) => {
      expect(await answerTo(started(), route)).toBe('401 not-authenticated');
      expect(await letIn(started(), route)).toEqual(roles.filter((role) => allowed.includes(role)));
    });

    it.each(needNone)('%s needs no token', async (route) => {
      expect(await answerTo(started(), route)).toBe('let in');
    });
  });
}
