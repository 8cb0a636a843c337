/**
 * Cuts a whole amount by weights so that the parts add up to it: each part is first cut down to whole grosze, and what is left goes, a grosz
 * each, to those that lost most by that; of equals the first. So each part is within a grosz of the exact one, whoever computes it.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  if (total < 0) return apportion(-total, weights).map((part) => -part || 0);
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum === 0n) throw new Error('Nothing can be apportioned among weights of zero.');
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = exact.map((product) => Number(product / sum));
  const left = total - parts.reduce((all, part) => all + part, 0);
  const lost = exact.map((product, at) => ({ at, rest: product % sum }));
  lost.sort((one, other) => (one.rest === other.rest ? one.at - other.at : one.rest < other.rest ? 1 : -1));
  for (const { at } of lost.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}
