/** What the checker may find. Each is a broken promise. */
export type Kind = 'lost' | 'twice' | 'outOfOrder' | 'altered' | 'unaccounted';

export interface Finding {
  readonly kind: Kind;
  readonly what: string;
}

export const kinds: readonly Kind[] = ['lost', 'twice', 'outOfOrder', 'altered', 'unaccounted'];

export const countOf = (findings: readonly Finding[], kind: Kind): number =>
  findings.filter((finding) => finding.kind === kind).length;

/** Something that stands at a place in an aggregate's history. */
export interface Placed {
  readonly id: string;
  /** Type and id. */
  readonly aggregate: string;
  readonly sequence: number;
}

/** Something seen in the wrong turn: its sequence is not above those of its aggregate that were seen before. Repetitions are passed over. */
export function outOfTurn<T extends Placed>(seen: readonly T[]): { readonly late: T; readonly after: number }[] {
  const known = new Set<string>();
  const highest = new Map<string, number>();
  const found: { late: T; after: number }[] = [];
  for (const one of seen) {
    if (known.has(one.id)) continue;
    known.add(one.id);
    const before = highest.get(one.aggregate) ?? 0;
    if (one.sequence <= before) found.push({ late: one, after: before });
    highest.set(one.aggregate, Math.max(before, one.sequence));
  }
  return found;
}
