import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '@okienko/chassis/version';

const checkout = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(checkout, path), 'utf8');
const git = (...args: string[]): string | undefined => {
  const { status, stdout } = spawnSync('git', args, { cwd: checkout, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};
const lines = (text: string | undefined): string[] => (text ?? '').split('\n').filter(Boolean);

const conventional = /^(feat|fix|docs|test|refactor|perf|style|chore|build|ci|revert)(\([a-z0-9,. -]+\))?!?: \S/;

/** What somebody who upgrades has to know of stands where they look; nothing was changed that needs it, or there is a note. */
function lacksUpgradeNotes(changed: readonly string[], changelog: string): boolean {
  const [, top = ''] = changelog.split(/^## /m);
  const needed = changed.some((path) => /^services\/[^/]+\/src\/(migrations\/\d|config\.ts$)/.test(path));
  return needed && !/\*\*Upgrade\b/.test(top);
}

describe('commits', () => {
  const subjects = lines(git('log', '--no-merges', '-n', '100', '--format=%s'));
  (subjects.length > 0 ? test : test.skip)(
    `are conventional${subjects.length > 0 ? '' : ' (there is no history here)'}`,
    () => expect(subjects.filter((subject) => !conventional.test(subject))).toEqual([]),
  );

  test.each(['wip', 'feat:nothing', 'Feat: x', 'feat(Cases): x', 'cases: x', 'feat :x'])(
    'would not be as "%s"',
    (subject) => expect(subject).not.toMatch(conventional),
  );
  test.each(['feat: x', 'fix(cases)!: x', 'perf(bench-events): x'])('may be as "%s"', (subject) =>
    expect(subject).toMatch(conventional),
  );
});

describe('the version', () => {
  const packages = ['package.json', ...globSync('{libs,services}/*/package.json', { cwd: checkout })];
  test('is one', () => {
    const found = packages.map((path) => [path, (JSON.parse(read(path)) as { version: string }).version]);
    expect(found.filter(([, one]) => one !== version)).toEqual([]);
    expect(/^softwareVersion: "(.*)"$/m.exec(read('publiccode.yml'))?.[1]).toBe(version);
    for (const path of globSync('deploy/kubernetes/*/kustomization.yaml', { cwd: checkout }))
      expect([path, [...read(path).matchAll(/newTag: (\S+)/g)].map(([, tag]) => tag?.replace(/ *}$/, ''))]).toEqual([
        path,
        expect.not.arrayContaining([expect.not.stringMatching(new RegExp(`^${version}$`)) as string]) as string[],
      ]);
  });
  test('is the newest that the changelog tells of', () => {
    expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  });
});

describe('the changelog', () => {
  const tag = git('describe', '--tags', '--abbrev=0', '--match', 'v*');
  (tag ? test : test.skip)(
    `has upgrade notes where something needs them${tag ? '' : ' (nothing has been released yet)'}`,
    () => {
      const changed = lines(git('diff', '--name-only', `${tag}..HEAD`));
      expect(lacksUpgradeNotes(changed, read('CHANGELOG.md'))).toBe(false);
    },
  );
  test.each<[string, string[], string, boolean]>([
    ['a migration and no note', ['services/cases/src/migrations/179-x.ts'], '# C\n\n## 2 (unreleased)\n\n* x\n', true],
    [
      'a variable and an old note',
      ['services/cases/src/config.ts'],
      '# C\n\n## 2\n\n* x\n\n## 1\n\n* **Upgrade**: y\n',
      true,
    ],
    ['a migration and a note', ['services/cases/src/migrations/179-x.ts'], '# C\n\n## 2\n\n* **Upgrade**: y\n', false],
    ['neither', ['services/cases/src/persons/person.ts', 'docs/x.md'], '# C\n\n## 2\n\n* x\n', false],
  ])('with %s', (_, changed, changelog, lacks) => expect(lacksUpgradeNotes(changed, changelog)).toBe(lacks));
});

test('whoever is asked for a review is asked about what is there', () => {
  const patterns = lines(read('.github/CODEOWNERS')).filter((line) => line.startsWith('/'));
  expect(patterns.length).toBeGreaterThan(5);
  for (const line of patterns) {
    const path = (line.split(/\s/)[0] ?? '').slice(1);
    expect([path, globSync(path, { cwd: checkout }).length > 0]).toEqual([path, true]);
  }
});

test('what contributors and releases are told names nothing that is not there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
  for (const page of ['.github/CONTRIBUTING.md', '.github/pull_request_template.md', '.github/workflows/ci.yml']) {
    const text = read(page);
    const named = [...text.matchAll(/`((?:libs|services|test|deploy|docs)\/[\w./-]*)`/g)].map(([, path]) => path ?? '');
    expect([page, named.filter((path) => !existsSync(join(checkout, path)))]).toEqual([page, []]);
    const commands = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => name ?? '');
    expect([page, commands.filter((name) => !(name in scripts))]).toEqual([page, []]);
  }
});
