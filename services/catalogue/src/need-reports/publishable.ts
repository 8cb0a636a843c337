export interface Figure {
  readonly area: string;
  readonly count: number;
}

export interface Figures {
  readonly total: number;
  /** Only what may be told; nothing of the others. */
  readonly areas: readonly Figure[];
}

/**
 * What may be told of how many needs a gmina has in each area, or nothing at all.
 *
 * A figure below `smallest` is withheld, zero among them. As the total is told, so is the least figure that is not below it, with all that
 * equal it: whoever exchanges two withheld figures gets the same publication, so nobody can tell which of them is small, let alone how
 * small, not even who knows this rule. A total below `smallest` is like no report. Gminas and quarters are never summed up, so there is no
 * other equation to solve.
 */
export function publishable(counts: readonly Figure[], smallest: number): Figures | undefined {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total < smallest) return undefined;
  const told = counts.filter(({ count }) => count >= smallest);
  const least = Math.min(...told.map(({ count }) => count));
  return { total, areas: told.length === counts.length ? told : told.filter(({ count }) => count > least) };
}
