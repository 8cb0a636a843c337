import { RequestProblem } from '@okienko/chassis/problem';
import { serviceOf } from '@okienko/contracts/event';
import { partnerEvents } from '../grants/event-types';

/** One attribute or several, each with the text that it is held against; all of them have to fit. */
type Attributes = Readonly<Record<string, string>>;

/** Dialects of the CloudEvents Subscriptions API, 3.2.4: one of them in each filter. */
export type Filter =
  | { readonly exact: Attributes }
  | { readonly prefix: Attributes }
  | { readonly suffix: Attributes }
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly not: Filter };

/** The request is not in the language of filters. */
export class FilterRefused extends RequestProblem {
  constructor(what: string) {
    super(400, 'filter-refused', what);
  }
}

const deepest = 5;
const most = 50;
const ofEnvelope = ['type', 'source', 'gmina', 'dataschema'];
// A partner may not pick single people out of the stream, not even by the ids of what is theirs.
const leadsToSomebody = /person|allocation|application|plan|decision|order|recipient|performer|staff|^by|By$/i;

/** What filters may ask for: attributes of the envelope, codes of the thin data, and ids of what belongs to nobody, as `data.offerId`. */
export const filterable: ReadonlySet<string> = new Set([...ofEnvelope, ...partnerEvents.flatMap(attributesOf)]);

function attributesOf({ $id, properties }: (typeof partnerEvents)[number]): string[] {
  return Object.entries(properties as Record<string, { readonly 'x-data-class'?: string }>)
    .filter(
      ([name, { 'x-data-class': kind }]) =>
        kind === 'code' || (kind === 'reference' && serviceOf($id) !== 'cases' && !leadsToSomebody.test(name)),
    )
    .map(([name]) => `data.${name}`);
}

/** Checks what a partner sent, field by field; the message says where something is wrong. */
export function readFilters(given: readonly unknown[]): readonly Filter[] {
  let count = 0;
  const read = (one: unknown, place: string, depth: number): Filter => {
    count += 1;
    if (count > most) throw new FilterRefused(`A subscription has at most ${most} filters, nested ones counted.`);
    if (depth > deepest) throw new FilterRefused(`${place}: filters are nested at most ${deepest} deep.`);
    const [entry, ...others] = isObject(one) ? Object.entries(one) : [];
    if (!entry || others.length > 0)
      throw new FilterRefused(
        `${place}: a filter is an object with exactly one of exact, prefix, suffix, all, any, not.`,
      );
    const [dialect, argument] = entry;
    const here = `${place}.${dialect}`;
    switch (dialect) {
      case 'exact':
      case 'prefix':
      case 'suffix':
        return { [dialect]: attributes(argument, here) } as Filter;
      case 'all':
      case 'any':
        if (!Array.isArray(argument) || argument.length === 0)
          throw new FilterRefused(`${here}: takes a list of at least one filter.`);
        return {
          [dialect]: argument.map((each, index) => read(each, `${here}[${index}]`, depth + 1)),
        } as unknown as Filter;
      case 'not':
        return { not: read(argument, here, depth + 1) };
      default:
        throw new FilterRefused(
          `${here}: this dialect is not spoken here; exact, prefix, suffix, all, any and not are.`,
        );
    }
  };
  return given.map((one, index) => read(one, `filters[${index}]`, 1));
}

function attributes(given: unknown, place: string): Attributes {
  const entries = isObject(given) ? Object.entries(given) : [];
  if (entries.length === 0) throw new FilterRefused(`${place}: takes an object of attributes and texts.`);
  for (const [name, text] of entries) {
    if (!filterable.has(name))
      throw new FilterRefused(
        `${place}: "${name}" cannot be filtered by. Possible are ${[...filterable].sort().join(', ')}.`,
      );
    if (typeof text !== 'string' || text === '' || text.length > 200)
      throw new FilterRefused(`${place}.${name}: is a text of 1 to 200 characters.`);
  }
  return Object.fromEntries(entries) as Attributes;
}

const isObject = (given: unknown): given is object =>
  typeof given === 'object' && given !== null && !Array.isArray(given);
