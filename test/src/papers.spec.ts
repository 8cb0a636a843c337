import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const checkout = join(__dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { scripts: object };
const pages = readdirSync(join(checkout, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => join('docs', path));

const isThere = (path: string): boolean => existsSync(join(checkout, path));
const found = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, one = '']) => one);

describe.each(pages)('%s names nothing that is not there', (page) => {
  const text = readFileSync(join(checkout, page), 'utf8');

  test('no file', () => {
    const named = found(text, /`((?:libs|services|test|deploy|docs)\/[\w./-]*)`/g);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  test('no page', () => {
    const linked = found(text, /\]\((?!https?:|#)([^)#]+)/g).map((path) => join(dirname(page), path));
    expect(linked.filter((path) => !isThere(path))).toEqual([]);
  });

  test('no command', () => {
    expect(found(text, /npm run ([\w:-]+)/g).filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('there are papers', () => expect(pages.length).toBeGreaterThan(6));
