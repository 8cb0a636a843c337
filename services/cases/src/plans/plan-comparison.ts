import { isDeepStrictEqual } from 'node:util';

/** What a version says, words included. */
export interface ComparablePlan<Item extends { readonly itemId: string }> {
  readonly items: readonly Item[];
}

export interface Difference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Comparison<Item> {
  added: Item[];
  removed: Item[];
  changed: { itemId: string; fields: Difference[] }[];
  fields: Difference[];
}

/** What `after` has that `before` has not, and the other way round: comparing them the other way turns the answer round. */
export function comparePlans<Item extends { readonly itemId: string }>(
  { items: was, ...before }: ComparablePlan<Item>,
  { items: is, ...after }: ComparablePlan<Item>,
): Comparison<Item> {
  const without = (some: readonly Item[], others: readonly Item[]): Item[] =>
    some.filter(({ itemId }) => !others.some((other) => other.itemId === itemId));
  const changed = was.flatMap((item) => {
    const other = is.find(({ itemId }) => itemId === item.itemId);
    const fields = other ? differences(item, other) : [];
    return fields.length > 0 ? [{ itemId: item.itemId, fields }] : [];
  });
  return { added: without(is, was), removed: without(was, is), changed, fields: differences(before, after) };
}

function differences(before: object, after: object): Difference[] {
  const [was, is] = [new Map<string, unknown>(Object.entries(before)), new Map<string, unknown>(Object.entries(after))];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => !isDeepStrictEqual(was.get(field), is.get(field)))
    .sort()
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }));
}
