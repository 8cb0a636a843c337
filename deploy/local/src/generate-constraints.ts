import { getMetadataStorage } from 'class-validator';
import type { Constructor } from './generate-sources';

export type Schema = Record<string, unknown>;

type Keywords = (constraints: readonly unknown[]) => Schema;

// What a validator says in JSON Schema. A validator without a word here still holds; it is only not told.
const keywords: Record<string, Keywords> = {
  isInt: () => ({ type: 'integer' }),
  min: ([minimum]) => ({ minimum }),
  max: ([maximum]) => ({ maximum }),
  minLength: ([minLength]) => ({ minLength }),
  maxLength: ([maxLength]) => ({ maxLength }),
  isLength: ([minLength, maxLength]) => ({ minLength, ...(maxLength === undefined ? {} : { maxLength }) }),
  isNotEmpty: () => ({}),
  matches: ([pattern]) => ({ pattern: pattern instanceof RegExp ? pattern.source : String(pattern) }),
  isIn: ([values]) => ({ enum: values }),
  equals: ([value]) => ({ const: value }),
  isUuid: () => ({ format: 'uuid' }),
  isEmail: () => ({ format: 'email' }),
  isUrl: () => ({ format: 'uri' }),
  isDay: () => ({ format: 'date' }),
  isInstant: () => ({ format: 'date-time' }),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayMinSize: ([minItems]) => ({ minItems }),
  arrayMaxSize: ([maxItems]) => ({ maxItems }),
  arrayUnique: () => ({ uniqueItems: true }),
};

export interface Constraints {
  readonly value: Schema;
  /** Of each item of a list. */
  readonly item: Schema;
}

/** What the validators on a class demand, by property; undefined when it has none. */
export function constraintsOf(type: Constructor): ReadonlyMap<string, Constraints> | undefined {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', true, false);
  if (rules.length === 0) return undefined;
  const found = new Map<string, Constraints>();
  for (const { propertyName, name = '', constraints, each } of rules) {
    const before = found.get(propertyName) ?? { value: {}, item: {} };
    const more = keywords[name]?.((constraints as unknown[] | undefined) ?? []) ?? {};
    found.set(
      propertyName,
      each ? { ...before, item: { ...before.item, ...more } } : { ...before, value: { ...before.value, ...more } },
    );
  }
  return found;
}
