import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { services } from '@okienko/contracts/event';
import { debianProgram } from '@okienko/local/debian-programs';
import { type RuleGroup, runbookOf } from '@okienko/local/objectives';
import { checkout } from '@okienko/local/paths';
import { parse, stringify } from 'yaml';

const folder = join(checkout, 'deploy', 'prometheus');
const runbooks = join(checkout, 'docs', 'runbooks');
const files = (name: string): string[] => readdirSync(join(folder, name)).map((file) => join(name, file));
const read = <Content>(path: string): Content => parse(readFileSync(join(folder, path), 'utf8')) as Content;

const rules = files('rules').flatMap((file) => read<{ groups: RuleGroup[] }>(file).groups.flatMap((one) => one.rules));
const alerts = rules.filter(({ alert }) => alert !== undefined);
const names = [...new Set(alerts.map(({ alert = '' }) => alert))];

interface Case {
  readonly alert_rule_test: readonly { readonly alertname: string; readonly exp_alerts: readonly object[] }[];
}
const cases = files('tests').flatMap((file) =>
  read<{ tests: Case[] }>(file).tests.flatMap((one) => one.alert_rule_test),
);

// Where it can be had and is not on the path, it is fetched; where not, a sentence says so.
const promtool = debianProgram('promtool');
const said = (where: string, ...args: string[]): { code: number | null; text: string } => {
  const { status, stdout, stderr } = spawnSync(promtool ?? '', args, { cwd: where, encoding: 'utf8' });
  return { code: status, text: stdout + stderr };
};

(promtool ? describe : describe.skip)('by promtool', () => {
  test.each([
    ['the rules', ['check', 'rules', ...files('rules')]],
    ['the configuration', ['check', 'config', 'prometheus.yaml']],
    ['every case of every alert', ['test', 'rules', ...files('tests')]],
  ])('%s are as they should be', (_, args) => expect(said(folder, ...args)).toMatchObject({ code: 0 }));

  /** Which alerts fail in how many cases when each asks for something else. */
  const failing = (expr: string): Map<string, number> => {
    const copy = mkdtempSync(join(tmpdir(), 'okienko-rules-'));
    try {
      cpSync(folder, copy, { recursive: true });
      for (const file of files('rules')) {
        const content = read<{ groups: { rules: { alert?: string; expr: string }[] }[] }>(file);
        for (const rule of content.groups.flatMap((one) => one.rules)) if (rule.alert) rule.expr = expr;
        writeFileSync(join(copy, file), stringify(content));
      }
      const { text } = said(copy, 'test', 'rules', ...files('tests'));
      const found = [...text.matchAll(/alertname: (\w+)/g)].map(([, name = '']) => name);
      return new Map(names.map((name) => [name, found.filter((one) => one === name).length]));
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  };

  test('an alert that never fires is found by its cases', () => {
    for (const [name, count] of failing('vector(1) > 2')) expect([name, count > 0]).toEqual([name, true]);
  });

  test('an alert that always fires is found by its cases', () => {
    for (const [name, count] of failing('vector(1)')) expect([name, count > 1]).toEqual([name, true]);
  });
});

test('each alert says how urgent it is, and has a case that fires and one that does not', () => {
  expect(names.length).toBeGreaterThan(20);
  for (const { alert = '', labels, annotations } of alerts) {
    expect(labels).toEqual({ severity: expect.stringMatching(/^(?:page|ticket|office)$/) as string });
    expect(annotations).toMatchObject({ summary: expect.any(String) as string, runbook_url: runbookOf(alert) });
  }
  for (const name of names) {
    const own = cases.filter(({ alertname }) => alertname === name).map(({ exp_alerts }) => exp_alerts.length > 0);
    expect([name, new Set(own)]).toEqual([name, new Set([true, false])]);
  }
});

test('each alert has its page, and each page its alert', () => {
  const pages = names.map((name) => runbookOf(name).split('/').at(-1) ?? '');
  const there = readdirSync(runbooks).filter((file) => file !== 'README.md');
  expect(there.sort()).toEqual([...pages].sort());
  const index = readFileSync(join(runbooks, 'README.md'), 'utf8');
  expect([...index.matchAll(/^\| \[(\w+)\]\(([\w-]+\.md)\)/gm)].map(([, name, page]) => [name, page]).sort()).toEqual(
    names.map((name, at) => [name, pages[at]]).sort(),
  );
});

interface OpenApi {
  readonly paths: Readonly<Record<string, object>>;
}
const routes = services.flatMap((service) => {
  const text = readFileSync(join(checkout, 'services', service, 'openapi.json'), 'utf8');
  return Object.entries((JSON.parse(text) as OpenApi).paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
});
const okienko = join(checkout, 'deploy', 'local', 'src', 'okienko');
/** Commands of the operator's program, and theirs. */
const commands = readdirSync(okienko).flatMap((file) =>
  [...readFileSync(join(okienko, file), 'utf8').matchAll(/(?:\.command|\bact)\(\s*'([\w-]+)/g)].map(([, name]) => name),
);
/** Lines that the services write into their logs. */
const isLogged = (name: string): boolean =>
  spawnSync('grep', ['-rqF', name, 'libs', 'services', '--include=*.ts'], { cwd: checkout }).status === 0;

describe.each(names)('the page of %s', (name) => {
  const text = readFileSync(join(runbooks, runbookOf(name).split('/').at(-1) ?? ''), 'utf8');

  test('says what it means, what to look at, what to do, and whom to wake', () => {
    expect([...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      name,
      'What it means',
      'What to look at',
      'What to do',
      'Whom to wake',
    ]);
  });

  test('names only routes that there are', () => {
    const named = [...text.matchAll(/`((?:GET|POST) \/[\w{}/-]*)/g)].map(([, route]) => route ?? '');
    expect(named.filter((route) => !routes.includes(route))).toEqual([]);
  });

  test('names only commands that there are', () => {
    const named = [...text.matchAll(/`npx okienko ((?:[a-z][\w-]* ?)+)/g)].flatMap(([, words = '']) =>
      words.trim().split(' '),
    );
    expect(named.filter((word) => !commands.includes(word))).toEqual([]);
  });

  test('names only lines of logs that there are', () => {
    const named = [...text.matchAll(/`([a-z-]+\.[a-z-]+)`/g)].map(([, line]) => line ?? '');
    const [worker, stumbles] = ['access-log', 'deadline-calendar'].map((one) => `${one}.stumbled`);
    expect(named.filter((line) => ![worker, stumbles].includes(line) && !isLogged(`'${line}'`))).toEqual([]);
  });

  test('names only files that there are', () => {
    const named = [...text.matchAll(/`(deploy\/[\w./-]+)`/g)].map(([, path]) => path ?? '');
    expect(named.filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
  });
});
