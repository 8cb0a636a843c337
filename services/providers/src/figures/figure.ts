import { publishable } from '@okienko/contracts/publishable';

/** What was counted, before anybody asks whether it may be told. */
export interface Measured {
  /** Null where there is nothing to work it out of. */
  readonly value: number | null;
  /** Null where the value is a median. */
  readonly numerator: number | null;
  readonly denominator: number;
}

export interface Figure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly why?: 'TOO_FEW';
}

const withheld: Figure = { value: null, numerator: null, denominator: null, why: 'TOO_FEW' };

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** Per cent. */
export const share = (numerator: number, denominator: number): Measured => ({
  value: denominator === 0 ? null : rounded((100 * numerator) / denominator, 1),
  numerator,
  denominator,
});

export const median = (value: number | null, denominator: number): Measured => ({
  value: value === null ? null : rounded(value, 1),
  numerator: null,
  denominator,
});

/** Which of some counts that add up may be told, and whether their total may. Nothing counted is told: it is about nobody. */
export function mayBeTold(counts: readonly number[], fewest: number): { total: boolean; parts: readonly boolean[] } {
  const some = counts.flatMap((count, index) => (count > 0 ? [{ index, count }] : []));
  const published = publishable(some, some.length === 0 ? 0 : fewest);
  const told = new Set(published?.told.map(({ index }) => index));
  return { total: published !== undefined, parts: counts.map((count, index) => count === 0 || told.has(index)) };
}

/** A figure in all and its parts. With one that is too small another is withheld, so that the total less what is told gives no small one away. */
export function told(total: Measured, parts: readonly Measured[], fewest: number): { total: Figure; parts: Figure[] } {
  const may = mayBeTold(
    parts.map(({ denominator }) => denominator),
    fewest,
  );
  return {
    total: may.total ? total : withheld,
    parts: parts.map((part, index) => (may.parts[index] ? part : withheld)),
  };
}
