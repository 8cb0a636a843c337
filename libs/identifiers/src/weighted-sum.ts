/** Σ digit × weight over the leading digits, as the check digits of PESEL, NIP and REGON are defined. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}
