import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Service, services } from '@okienko/contracts/event';
import type { ServiceUnderTest } from '@okienko/testing/service-test';
import { startFour } from './four-services';

let four: Record<Service, ServiceUnderTest>;
beforeAll(async () => {
  four = await startFour();
}, 60_000);
afterAll(() => Promise.all(Object.values(four).map((service) => service.stop())), 30_000);

const operator = { sub: 'operator-1', roles: ['operator'] } as const;
/** What tells of the moment, of the content or of the connection, not of what a browser may do. */
const passing =
  /^(date|connection|keep-alive|transfer-encoding|content-(length|type)|etag|x-trace-id|x-ratelimit-.*|retry-after|vary|www-authenticate|link)$/;
const told = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => !passing.test(name)));

const always = {
  'content-security-policy':
    "default-src 'self';base-uri 'self';font-src 'self';form-action 'self';frame-ancestors 'none';img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' 'unsafe-inline';upgrade-insecure-requests",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};
const uncached = { ...always, 'cache-control': 'private, no-store' };

describe.each(services)('what %s tells a browser', (service) => {
  /** What the public directory tells anybody, or that it is not there, may be read by pages of others; nothing else may. */
  const open = service === 'catalogue' ? { 'access-control-allow-origin': '*' } : {};
  const origin = { Origin: 'https://evil.example' };

  test.each([
    ['an answer to anybody', 'GET', '/health/live', {}, 200],
    ['an answer to an account', 'GET', '/me', { as: operator }, 200],
    ['a list', 'GET', '/dead-letters', { as: operator }, 200],
    ['a refusal', 'GET', '/me', {}, 401],
    ['a refusal of a role', 'GET', '/dead-letters', { as: { sub: 'x', roles: ['desk'] } }, 403],
    ['nothing', 'GET', '/nowhere', {}, 404],
    ['a body that cannot be read', 'POST', '/dead-letters/x/retry', { as: operator, body: 'x' }, 400],
  ] as const)('with %s', async (_, method, path, call, status) => {
    const answer = await four[service].http(method, path, { ...call, headers: origin });
    expect([answer.status, told(answer.headers)]).toEqual([status, { ...uncached, ...(status === 404 && open) }]);
  });

  test('with its documentation', async () => {
    const { status, headers, body } = await four[service].http<string>('GET', '/docs');
    expect([status, told(headers)]).toMatchObject([200, always]);
    // The policy lets no script in that the page holds itself.
    expect(body).not.toMatch(/<script(?! src="\/docs\/)|\son\w+=|https?:\/\//);
  });

  test('asked before a call of another site', async () => {
    const preflight = (method: string) =>
      four[service].http('OPTIONS', '/me', { headers: { ...origin, 'Access-Control-Request-Method': method } });
    const { headers } = await preflight('POST');
    expect(headers.get('access-control-allow-origin')).toBe(service === 'catalogue' ? '*' : null);
    expect(headers.get('access-control-allow-methods')).toBe(service === 'catalogue' ? 'GET, HEAD' : null);
    expect(headers.get('access-control-allow-headers') ?? '').not.toMatch(/authorization|idempotency/i);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('tables for spreadsheets', () => {
  const sources = services.flatMap((service) => {
    const folder = join(__dirname, '..', '..', 'services', service, 'src');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|scenario/.test(file))
      .map((file) => ({ file: `${service}/${file}`, text: readFileSync(join(folder, file), 'utf8') }));
  });

  test('are written by the one function that leaves no formula in them', () => {
    const byHand = sources.filter(({ text }) => /join\('[,;]'\)[^;]*\\r\\n/.test(text)).map(({ file }) => file);
    // Names and examples of our own.
    expect(byHand).toEqual(['cases/imports/import-kinds.ts']);
    expect(sources.filter(({ text }) => text.includes("from '@okienko/printing/csv'")).length).toBeGreaterThan(3);
  });

  test('are saved, never shown', async () => {
    const tables = sources.filter(({ text }) => /@Header\('Content-Type', 'text\/csv/.test(text));
    expect(tables.length).toBeGreaterThan(3);
    const { headers, status } = await four.providers.http(
      'GET',
      '/figures.csv?offerId=0197a000-0000-7000-8000-0000000000f2&from=2026-01-01&to=2026-01-31',
      { as: { sub: 'ous-olga', roles: ['services-organiser'] } },
    );
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
      'attachment; filename="figures.csv"',
    ]);
  });
});
