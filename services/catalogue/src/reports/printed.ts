import type { Figure } from './figure';

/** A report as people read it, in Polish; the same for print and for tables. */
export interface Printed {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly sections: readonly PrintedSection[];
}

export interface PrintedSection {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  readonly table?: PrintedTable;
  /** Texts that are too long for a table, each under what it is about. */
  readonly entries?: readonly PrintedEntry[];
}

export interface PrintedEntry {
  readonly item: string;
  readonly texts: readonly string[];
}

export interface PrintedTable {
  /** What the rows are, then what is told of each. */
  readonly columns: readonly [string, ...string[]];
  readonly rows: readonly (readonly [string, ...string[]])[];
}

/** Figures in words: a number that is not told says why. */
export const wordsFor =
  (fewestPersonsTold: number, show: (value: number) => string = String) =>
  ({ value, why, correction }: Figure): string => {
    const told =
      value !== null ? show(value) : why === 'TOO_FEW_PERSONS' ? `mniej niż ${fewestPersonsTold}` : 'brak danych';
    return correction ? `${told} (sprostowano)` : told;
  };

/** Grosze as złote, with a decimal comma. */
export const inZloty = (grosze: number): string => {
  const [whole, rest] = [Math.trunc(grosze / 100), Math.abs(grosze % 100)];
  return `${whole},${String(rest).padStart(2, '0')}`;
};
