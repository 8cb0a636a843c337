/** What may be told of figures about people: their total, and those of them that give no small one away. */
export interface Publishable<Figure> {
  readonly total: number;
  /** Nothing of the others. */
  readonly told: readonly Figure[];
}

/**
 * What may be told of figures that add up, such as the needs of a gmina by area, or nothing at all.
 *
 * A figure below `smallest` is withheld, zero among them. As the total is told, so is the least figure that is not below it, with all that
 * equal it: whoever exchanges two withheld figures gets the same publication, so nobody can tell which of them is small, let alone how
 * small, not even who knows this rule. A total below `smallest` is like no figures. No two such totals may be told that differ by what
 * somebody can know to be few, such as those of a gmina and of all gminas but one: else there is another equation to solve.
 */
export function publishable<Figure extends { readonly count: number }>(
  figures: readonly Figure[],
  smallest: number,
): Publishable<Figure> | undefined {
  const total = figures.reduce((sum, { count }) => sum + count, 0);
  if (total < smallest) return undefined;
  const large = figures.filter(({ count }) => count >= smallest);
  const least = Math.min(...large.map(({ count }) => count));
  return { total, told: large.length === figures.length ? large : large.filter(({ count }) => count > least) };
}
