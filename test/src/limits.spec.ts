import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Service, services } from '@okienko/contracts/event';
import ts from 'typescript';
import { Api, type Schema } from './routes';

const checkout = join(__dirname, '..', '..');

describe.each(services)('bodies of %s', (service: Service) => {
  const api = new Api(service);

  /** Texts and lists of a schema that say nothing of how long they may be. */
  function boundless(given: Schema, at: string, seen: ReadonlySet<unknown> = new Set()): string[] {
    if (seen.has(given['$ref'] ?? given)) return [];
    const among = new Set([...seen, given['$ref'] ?? given]);
    const schema = api.resolve(given);
    const has = (...names: string[]): boolean => names.some((name) => schema[name] !== undefined);
    const items = schema['items'] as Schema | undefined;
    const own =
      (schema['type'] === 'string' && !has('maxLength', 'pattern', 'format', 'enum', 'const')) ||
      // A list of different ones of a few is no longer than they are.
      (items !== undefined && !has('maxItems') && api.resolve(items)['enum'] === undefined);
    return [
      ...(own ? [at] : []),
      ...(items ? boundless(items, `${at}/0`, among) : []),
      ...api.properties(schema).flatMap(([name, part]) => boundless(part, `${at}/${name}`, among)),
    ];
  }

  /** Their digits are counted, and the last of them checked. */
  const numbers = /\/(nip|regon|krs|rpwdl)$/;

  test('have a bound for each text and each list', () => {
    const found = api.routes.flatMap(({ path, body }) => (body ? boundless(body, path) : []));
    expect(found.filter((at) => !numbers.test(at))).toEqual([]);
  });
});

describe('patterns', () => {
  const folders = ['libs', 'services'].flatMap((kind) =>
    readdirSync(join(checkout, kind))
      .filter((name) => name !== 'testing')
      .map((name) => join(checkout, kind, name, 'src')),
  );
  const patterns = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => patternsIn(join(folder, file))),
  );

  function patternsIn(file: string): RegExp[] {
    const found: RegExp[] = [];
    const visit = (node: ts.Node): void => {
      const [, source, flags] = ts.isRegularExpressionLiteral(node)
        ? (/^\/(.*)\/(\w*)$/s.exec(node.text) ?? [])
        : [undefined, undefined, undefined];
      if (source !== undefined) found.push(new RegExp(source, flags?.replace(/[gy]/g, '')));
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
    return found;
  }

  // One that tries every way to divide such a text would be at it for years, and one that begins anew at every letter for seconds.
  const parts = [...'0aAé-+ ./:@%(=\t\n', '00 ', 'a-', 'a.', 'a@', '0,', '%41', '12:', 'a=b&', ' a', '{{', 'a\r\n'];
  const pumped = parts.flatMap((part) => {
    const text = part.repeat(3000 / part.length);
    return [text, `a@${text}`, `${text}\u0001`];
  });

  test('are done with a long text at once, whatever it is', () => {
    expect(patterns.length).toBeGreaterThan(150);
    const slow = patterns.filter((pattern) => {
      const began = performance.now();
      for (const text of pumped) pattern.test(text);
      return performance.now() - began > 2_000;
    });
    expect(slow).toEqual([]);
  }, 120_000);
});
