import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limits } from '@okienko/chassis/limits';

const checkout = join(__dirname, '..', '..');
const paper = (name: string): string => readFileSync(join(checkout, 'docs', 'security', name), 'utf8');
const rowsOf = (text: string): string[] =>
  text.split('\n').filter((line) => /^\| (?!---|what|risk|chapter|# )/.test(line));
const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { scripts: object };

describe.each(['limits.md', 'owasp.md', 'auditor.md'])('%s', (name) => {
  const text = paper(name);

  test('names files and commands that there are', () => {
    const files = [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\.(?:tsx?|md|json))`/g)].map(([, file]) => file ?? '');
    const commands = [...text.matchAll(/`npm run ([\w:-]+)/g)].map(([, command]) => command ?? '');
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !existsSync(join(checkout, file)))).toEqual([]);
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });

  test('has something in every cell', () => {
    for (const row of rowsOf(text))
      expect(
        row
          .split('|')
          .slice(1, -1)
          .filter((cell) => cell.trim() === ''),
      ).toEqual([]);
  });
});

test('OWASP: ten risks and seventeen chapters, each with a test', () => {
  const rows = rowsOf(paper('owasp.md'));
  expect(rows.map((row) => /^\| (API\d+|V\d+) /.exec(row)?.[1])).toEqual([
    ...Array.from({ length: 10 }, (_, at) => `API${at + 1}`),
    ...Array.from({ length: 17 }, (_, at) => `V${at + 1}`),
  ]);
  expect(rows.filter((row) => !row.includes('.spec.ts`')).map((row) => row.slice(2, 5))).toEqual(['V17']);
});

test('the auditor has thirty-five answers, and what has no proof says so', () => {
  const rows = rowsOf(paper('auditor.md'));
  expect(rows.map((row) => Number(/^\| (\d+) /.exec(row)?.[1]))).toEqual(Array.from({ length: 35 }, (_, at) => at + 1));
  for (const row of rows.filter((one) => one.endsWith('| – |'))) expect(row).toContain('not yet');
});

test('the limits are those of the code', () => {
  const text = paper('limits.md');
  const { bodyBytes, headBytes, placeholder, levels, items, connections } = limits;
  const said = [
    `| body | ${bodyBytes / 2 ** 20} MiB |`,
    `| headers together | ${headBytes / 2 ** 10} KiB |`,
    `| one placeholder of an address | ${placeholder} characters |`,
    `| nesting of a body | ${levels} levels |`,
    `| a list in a body | ${items.toLocaleString('en')} entries;`,
    `| time for the headers | ${limits.headMilliseconds / 1000} s |`,
    `| time for the whole request | ${limits.requestMilliseconds / 1000} s |`,
    `| an idle connection | ${limits.idleMilliseconds / 1000} s |`,
    `| a connection in use | ${limits.connectionMilliseconds / 1000} s |`,
    `| connections of one replica | ${connections.toLocaleString('en')} |`,
  ];
  expect(said.filter((row) => !text.includes(row))).toEqual([]);
});
