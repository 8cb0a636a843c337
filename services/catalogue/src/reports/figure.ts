/** A number of a report, or why there is none. A report invents nothing. */
export interface Figure {
  readonly value: number | null;
  readonly why?: WhyNot;
  /** What was counted, where the office has put another number in its place, and for what reason. */
  readonly correction?: Correction;
}

/** TOO_FEW_PERSONS: one could tell who they are. NOT_RECORDED: no service of the centre knows. */
export type WhyNot = 'TOO_FEW_PERSONS' | 'NOT_RECORDED';

export interface Correction {
  readonly from: number | null;
  readonly reason: string;
}

export const counted = (value: number): Figure => ({ value });
export const recorded = (value: number | null): Figure =>
  value === null ? { value, why: 'NOT_RECORDED' } : counted(value);
const withheld: Figure = { value: null, why: 'TOO_FEW_PERSONS' };

/** A number about so many persons; of fewer than `least`, but for none at all, one could tell who they are. */
export const about = (persons: number, value: number, least: number): Figure =>
  persons > 0 && persons < least ? withheld : { value };
export const ofPersons = (persons: number, least: number): Figure => about(persons, persons, least);

/** The total of figures that overlap: told only where each of them is, because the rest would give away the one that is not. */
export const totalOf = (total: Figure, parts: readonly Figure[]): Figure =>
  parts.some(({ why }) => why === 'TOO_FEW_PERSONS') ? withheld : total;

/** The office knows better. What was counted stays beside it, unless it was withheld. */
export const corrected = (counted: Figure, better: Figure, reason: string): Figure => ({
  ...better,
  correction: { from: counted.value, reason },
});
