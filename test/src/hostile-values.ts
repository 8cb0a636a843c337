import fc from 'fast-check';
import type { Api, Schema } from './routes';

/** A body with the fault that it carries. */
export interface Bad {
  readonly fault: string;
  /** JSON text, or bytes that are none. */
  readonly body: string | Buffer;
  readonly contentType?: string;
}

export const badIds = [
  'x',
  '0',
  '-1',
  'null',
  '%00',
  '%ff',
  '%E0%A4%A',
  '..%2f..%2fetc',
  "'%20or%201=1--",
  'x'.repeat(150),
  'x'.repeat(3000),
  '0197A000-0000-7000-8000-00000000DEAD',
];
export const badNumbers = ['0.5', '-1', 'abc', 'NaN', '1e99', '9'.repeat(400), '%00'];
export const badLimits = [...badNumbers, '0', '201', '1&limit=2', '%20', '0x1f4'];
const cursor = (text: string): string => Buffer.from(text).toString('base64url');
export const badCursors = [
  '%00',
  '%ff',
  'abc',
  '%25',
  cursor('["\0"]'),
  cursor('{"a":1}'),
  cursor('["x","y","z"]'),
  cursor('[1]'),
  'x'.repeat(501),
  'a&after=b',
];

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** What no route with a body may take, whatever its fields. */
export const brokenBodies: Bad[] = [
  { fault: 'cut off', body: '{"a":' },
  { fault: 'nothing', body: '' },
  { fault: 'null', body: 'null' },
  { fault: 'a list', body: '[{}]' },
  { fault: 'a text', body: '"x"' },
  { fault: 'a number', body: '1' },
  { fault: 'not UTF-8', body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  { fault: 'another media type', body: '<a/>', contentType: 'application/xml' },
  { fault: 'a form', body: 'a=1', contentType: 'application/x-www-form-urlencoded' },
  { fault: 'no JSON at all', body: '{"a":1}', contentType: 'text/plain' },
  { fault: 'over 1 MiB', body: JSON.stringify({ a: 'x'.repeat(1_100_000) }) },
  { fault: '40 levels deep', body: nested(40) },
  { fault: '20000 levels deep', body: nested(20_000) },
  { fault: 'a list 20000 levels deep', body: `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}` },
  { fault: 'prototype', body: '{"__proto__":{"roles":["director"]}}' },
  { fault: 'constructor', body: '{"constructor":{"prototype":{"x":1}}}' },
  { fault: 'unknown property with NUL', body: '{"a\\u0000b":1}' },
];

/** Values that are wrong for whatever type a field has, so that each is refused. */
function wrongFor(schema: Schema): unknown[] {
  const [type] = [schema['type']].flat();
  const everywhere: unknown[] = [{ $ne: null }, [[]]];
  switch (type) {
    case 'string':
      return [
        ...everywhere,
        1,
        null,
        ...(isBounded(schema) ? [long] : []),
        ...(schema['minLength'] ? ['', ' \u0007'] : []),
      ];
    case 'integer':
      return [...everywhere, '1', 1.5, -1e308, 1e308, true, null];
    case 'number':
      return [...everywhere, '1', 1e308, true, null];
    case 'boolean':
      return [...everywhere, 'true', 0, null];
    case 'array':
      return [...everywhere, {}, 'x', 1, null, Array.from({ length: 5000 }, () => 'x')];
    default:
      return ['x', 1, null, []];
  }
}

const long = 'x'.repeat(30_000);
const isBounded = (schema: Schema): boolean =>
  ['maxLength', 'pattern', 'enum', 'format', 'const'].some((key) => schema[key] !== undefined);

/** The honest body with one field wrong, for every field at every depth. A huge number stands as it would in JSON text. */
export function spoiled(api: Api, schema: Schema, body: unknown): Bad[] {
  const faults: Bad[] = [];
  const stringify = (value: unknown): string => JSON.stringify(value).replaceAll('"\u0001huge"', '1e999');
  const visit = (part: Schema, value: unknown, put: (replacement: unknown) => unknown, at: string): void => {
    const resolved = api.resolve(part);
    if (Array.isArray(value) && value.length > 0) {
      visit(resolved['items'] as Schema, value[0], (replacement) => put([replacement]), `${at}/0`);
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      faults.push({ fault: `${at} has an unknown field`, body: stringify(put({ ...value, surprise: 1 })) });
      for (const name of api.required(resolved)) {
        const { [name]: _, ...rest } = value as Record<string, unknown>;
        faults.push({ fault: `${at}/${name} is missing`, body: stringify(put(rest)) });
      }
      for (const [name, field] of api.properties(resolved)) {
        if (!(name in value)) continue;
        const inside = (replacement: unknown): unknown => put({ ...value, [name]: replacement });
        const kind = api.resolve(field);
        const optional = !api.required(resolved).includes(name);
        for (const wrong of wrongFor(kind)) {
          // An optional field may take null for "not said".
          if (optional && wrong === null) continue;
          faults.push({
            fault: `${at}/${name} is ${JSON.stringify(wrong).slice(0, 40)}`,
            body: stringify(inside(wrong)),
          });
        }
        if (kind['type'] === 'integer' || kind['type'] === 'number')
          faults.push({ fault: `${at}/${name} is 1e999`, body: stringify(inside('\u0001huge')) });
        visit(field, (value as Record<string, unknown>)[name], inside, `${at}/${name}`);
      }
    }
  };
  visit(schema, body, (replacement) => replacement, '');
  // Of the first text only: these are refused wherever they stand.
  const text = JSON.stringify(body);
  for (const unstorable of ['a\\u0000b', '\\ud800', '\\udc00x'])
    if (/:"[^"]/.test(text))
      faults.push({ fault: `a text is ${unstorable}`, body: text.replace(/:"/, `:"${unstorable}`) });
  return faults;
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    "' or 1=1--",
    '\ud800',
    '%00',
    '${7*7}',
    '../../etc/passwd',
    '2026-02-30',
    '0000-00-00',
    '9999-99-99T99:99:99Z',
    '٣٣٣',
    'ﬀ',
  ),
);
const anyNumber = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 2 ** 31, 2 ** 53, -(2 ** 63), 1e300),
);
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { maxDepth: 2 },
  anyText,
  anyNumber,
  fc.boolean(),
  fc.constant(null),
  fc.array(anyText, { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 8 }), anyText, { maxKeys: 3 }),
);
/** Bodies like the honest one, some fields of which are anything. */
export function likeButOdd(body: object): fc.Arbitrary<string> {
  const fields = Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      fc.oneof({ weight: 3, arbitrary: fc.constant(value as unknown) }, { weight: 2, arbitrary: anyValue }),
    ]),
  );
  return fc.record(fields, { requiredKeys: [] }).map((value) => JSON.stringify(value));
}
export const anyQuery = fc.oneof(anyText, anyNumber.map(String)).map((text) => encodeURIComponent(text.toWellFormed()));
