import type { Attacker } from '../attacker';
import type { Chance } from '../chance';
import type { Schema } from '../routes';

/** Ids of what exists. */
export interface Ids {
  pick(): string;
}

interface Means {
  readonly chance: Chance;
  /** Values that are anything. */
  readonly values: readonly unknown[];
  readonly ids: Ids;
}

/** JSON text like the honest body, with some fields at their bounds, of another kind, gone or doubled; now and then no JSON any more. */
export function mutant(attacker: Attacker, schema: Schema, body: object | undefined, means: Means): string {
  const { chance } = means;
  if (chance.next() < 0.1) return JSON.stringify(body ?? {});
  const rate = chance.pick([0.05, 0.15, 0.4]);
  const text = JSON.stringify(changed(attacker, schema, body ?? {}, rate, means));
  return chance.next() < 0.06 ? damaged(text, chance) : text;
}

function changed(attacker: Attacker, given: Schema, value: unknown, rate: number, means: Means): unknown {
  const { chance, values } = means;
  const schema = attacker.api.resolve(given);
  if (Array.isArray(value)) {
    const items = value.map((item) => changed(attacker, (schema['items'] ?? {}) as Schema, item, rate, means));
    return chance.next() < rate ? chance.pick([[], [...items, ...items], [...items, null], items[0] ?? null]) : items;
  }
  if (typeof value === 'object' && value !== null) {
    const fields = attacker.api.properties(schema);
    const entries = Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
      if (chance.next() < rate / 3) return [];
      const field = fields.find(([known]) => known === name)?.[1] ?? {};
      return [[name, changed(attacker, field, part, rate, means)]];
    });
    const more = chance.next() < rate / 6 ? [[chance.pick(['__proto__', 'id', 'unit', 'roles', 'version']), 1]] : [];
    return Object.fromEntries([...entries, ...(more as [string, unknown][])]);
  }
  if (chance.next() >= rate) return value;
  return chance.next() < 0.6 ? atBounds(schema, value, means) : chance.pick(values);
}

const dayMargins = ['2024-02-29', '1850-01-01', '2199-12-31', '2026-03-29', '2026-10-25', '2025-02-29', '1849-12-31'];
const oddTexts = [
  '\u202Eabc',
  'a\u0301'.repeat(20),
  '🧓🏿',
  'ß',
  '=1+1',
  '<script>',
  '{{x}}',
  "Robert'); drop table",
  '-',
  '%s',
  '\\',
];

/** What the document still allows, or just no more. */
function atBounds(schema: Schema, value: unknown, { chance, ids }: Means): unknown {
  const { enum: values, minimum, maximum, minLength = 1, maxLength } = schema as Record<string, never>;
  if (Array.isArray(values)) return chance.pick(values);
  if (typeof value === 'number') {
    const least = Number(minimum ?? -1);
    const most = Number(maximum ?? 2 ** 31 - 1);
    return chance.pick([least, least - 1, most, most + 1, 0, 1, 0.1, 1e15]);
  }
  if (typeof value === 'boolean') return !value;
  if (schema['format'] === 'uuid') return chance.pick([ids.pick(), ids.pick().toUpperCase(), 'x']);
  if (schema['format'] === 'date' || /^\d{4}-\d\d-\d\d$/.test(String(value))) return chance.pick(dayMargins);
  const lengths = [Number(minLength), Number(maxLength ?? 500), Number(maxLength ?? 10_000) + 1];
  return chance.next() < 0.5 ? 'x'.repeat(Math.min(chance.pick(lengths), 20_000)) : chance.pick(oddTexts);
}

/** Text that is no longer what it was: cut, stretched, doubled, of other bytes. */
function damaged(text: string, chance: Chance): string {
  const at = chance.below(text.length);
  return chance.pick([
    text.slice(0, at),
    `\ufeff${text}`,
    `${text.slice(0, at)}${chance.pick(['"', '\\', '{', '\u0000', ',', '1e999', '\\ud800'])}${text.slice(at)}`,
    text.replace(/^\{("[^"]+":)/, '{$1null,$1'),
    `${text}${text}`,
    `[${text}]`,
    text.replaceAll('"', "'"),
  ]);
}
