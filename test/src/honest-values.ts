import fc from 'fast-check';
import { today } from './invented-world';
import type { Api, Schema } from './routes';

const byFormat: Record<string, unknown> = {
  uuid: '0197a000-0000-7000-8000-000000000001',
  date: today,
  'date-time': new Date().toISOString(),
  email: 'ala@example.pl',
  uri: 'https://example.pl/hook',
};

/** A value as the document asks for it: what an honest client would send. `known` tells what a field of that name must be. */
export function honest(api: Api, given: Schema, everything: boolean, known: (name: string) => unknown): unknown {
  const schema = api.resolve(given);
  const [example] = (schema['examples'] ?? []) as unknown[];
  if (example !== undefined) return example;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  const [type] = [schema['type']].flat();
  switch (type) {
    case 'object':
      return Object.fromEntries(
        api
          .properties(schema)
          .filter(([name]) => everything || api.required(schema).includes(name))
          .map(([name, part]) => [name, knownFor(api, part, known(name)) ?? honest(api, part, everything, known)]),
      );
    case 'array':
      return (schema['minItems'] ?? 0) === 0 && !everything
        ? []
        : [honest(api, schema['items'] as Schema, everything, known)];
    case 'integer':
    case 'number':
      return Math.max(Number(schema['minimum'] ?? 1), 1);
    case 'boolean':
      return true;
    default:
      return honestText(schema);
  }
}

/** What is known of a field of that name is no use to one of another type: `from` is a day here and a number there. */
function knownFor(api: Api, part: Schema, value: unknown): unknown {
  if (Array.isArray(value) && [api.resolve(part)['type']].flat().includes('array') === false) return undefined;
  if (typeof value !== 'string') return value;
  const { type, pattern = '' } = api.resolve(part) as { type?: string | string[]; pattern?: string };
  return [type].flat().includes('string') && new RegExp(pattern).test(value) ? value : undefined;
}

function honestText(schema: Schema): string {
  const format = byFormat[String(schema['format'])];
  if (typeof format === 'string') return format;
  if (typeof schema['pattern'] === 'string')
    return fc.sample(fc.stringMatching(new RegExp(schema['pattern'])), { numRuns: 1, seed: 1 })[0] ?? '';
  return 'Żuraw'.repeat(Math.ceil(Number(schema['minLength'] ?? 1) / 5));
}
