import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const statusOf: Record<string, number> = { forbidden: 403, 'not-found': 404, conflict: 409, 'rule-broken': 422 };
const named = /readonly kind(?:: \w+)? = '([\w-]+)'[^}]*?readonly code(?:: \w+)? = '([\w-]+)'/g;
const refused = /new RequestProblem\(\s*(\d+),\s*'([\w-]+)'/g;

/** `status code` of every problem type that the sources of this service name. */
function inTheCode(): string[] {
  const sources = globSync('**/*.ts', { cwd: __dirname, exclude: (name) => name.endsWith('.spec.ts') })
    .map((name) => readFileSync(join(__dirname, name), 'utf8'))
    .join('\n');
  return [
    ...[...sources.matchAll(named)].map(([, kind = '', code = '']) => `${statusOf[kind]} ${code}`),
    ...[...sources.matchAll(refused)].map(([, status, code = '']) => `${status} ${code}`),
  ];
}

function inTheReadme(): string[] {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const [, table = ''] = /^## Problem types\n([^]*?)\n\nAnd those/m.exec(readme) ?? [];
  return [...table.matchAll(/^\| (\d{3}) +\|(.*)\|$/gm)].flatMap(([, status, types = '']) =>
    [...types.matchAll(/`([\w-]+)`/g)].map(([, code]) => `${status} ${code}`),
  );
}

describe('the problem types of the service', () => {
  it('are in its README, each with its status, and no other', () => {
    const ofTheChassis = ['400 invalid-request'];
    const expected = [...new Set(inTheCode())].filter((type) => !ofTheChassis.includes(type));
    expect(inTheReadme().sort()).toEqual(expected.sort());
  });
});
