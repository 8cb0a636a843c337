import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { events } from '@okienko/contracts/events';

const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
const section = (title: string): string => readme.split(/^## /m).find((part) => part.startsWith(title)) ?? '';
const codesIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

const statusOf: Record<string, number> = { forbidden: 403, 'not-found': 404, conflict: 409, 'rule-broken': 422 };
const named = /readonly kind(?:: \w+)? = '([\w-]+)'[^}]*?readonly code(?:: \w+)? = '([\w-]+)'/g;
const refused = /new RequestProblem\(\s*(\d+),\s*'([\w-]+)'/g;

/** `status code` of every problem type that the sources of this service name. */
function problemsInTheCode(): string[] {
  const sources = globSync('**/*.ts', { cwd: __dirname, exclude: (name) => name.endsWith('.spec.ts') })
    .map((name) => readFileSync(join(__dirname, name), 'utf8'))
    .join('\n');
  return [
    ...[...sources.matchAll(named)].map(([, kind = '', code = '']) => `${statusOf[kind]} ${code}`),
    ...[...sources.matchAll(refused)].map(([, status, code = '']) => `${status} ${code}`),
  ];
}

const problemsInTheReadme = (): string[] =>
  [...section('Problem types').matchAll(/^\| (\d{3}) +\|(.*)\|$/gm)].flatMap(([, status, types = '']) =>
    codesIn(types).map((code) => `${status} ${code}`),
  );

describe('the README', () => {
  it('names every folder of the service', () => {
    const folders = readdirSync(__dirname, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'migrations')
      .map(({ name }) => name);
    expect(folders.filter((name) => !codesIn(section('What it owns')).includes(name))).toEqual([]);
  });

  it('names every event that the service tells of', () => {
    const told = codesIn(section('Events'));
    const isTold = (name: string): boolean =>
      told.some((words) => name.startsWith(words.endsWith('*') ? words.slice(0, -1) : `${words}.v`));
    const ours = events.map((event): string => event.$id).filter((name) => name.startsWith('cases.'));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter((name) => !isTold(name))).toEqual([]);
  });

  it('names every problem type, each with its status, and no other', () => {
    const ofTheChassis = ['400 invalid-request'];
    const expected = [...new Set(problemsInTheCode())].filter((type) => !ofTheChassis.includes(type));
    expect(problemsInTheReadme().sort()).toEqual(expected.sort());
  });
});
