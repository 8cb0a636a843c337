import { weightedSum } from './weighted-sum';

const weights = [6, 5, 7, 2, 3, 4, 5, 6, 7] as const;

/** Taxpayer number, ten digits without dashes. A remainder of 10 equals no digit, so such a number is never valid. */
export function isNip(text: string): boolean {
  return /^\d{10}$/.test(text) && weightedSum(text, weights) % 11 === Number(text[9]);
}
