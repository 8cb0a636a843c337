import { weightedSum } from './weighted-sum';

const entityWeights = [8, 9, 2, 3, 4, 5, 6, 7] as const;
const localUnitWeights = [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8] as const;

/** Business register number: nine digits for an entity, fourteen for its local unit, which begins with the entity's nine. */
export function isRegon(text: string): boolean {
  if (/^\d{9}$/.test(text)) return hasCheckDigit(text, entityWeights);
  return (
    /^\d{14}$/.test(text) && hasCheckDigit(text.slice(0, 9), entityWeights) && hasCheckDigit(text, localUnitWeights)
  );
}

const hasCheckDigit = (digits: string, weights: readonly number[]): boolean =>
  (weightedSum(digits, weights) % 11) % 10 === Number(digits[weights.length]);
