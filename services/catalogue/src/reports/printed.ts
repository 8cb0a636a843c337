import type { Figure } from './figure';
import { copyNames } from './polish-names';
import type { CopyPosition } from './programme-figures';

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
  (smallestFigure: number, show: (value: number) => string = String) =>
  ({ value, why, correction }: Figure): string => {
    const told =
      value !== null ? show(value) : why === 'TOO_FEW_PERSONS' ? `mniej niż ${smallestFigure}` : 'brak danych';
    return correction ? `${told} (sprostowano)` : told;
  };

/** Grosze as złote, with a decimal comma. */
export const inZloty = (grosze: number): string => {
  const [whole, rest] = [Math.trunc(grosze / 100), Math.abs(grosze % 100)];
  return `${whole},${String(rest).padStart(2, '0')}`;
};

/** Why the office put other numbers in the place of those counted; no section when it did not. */
export function correctionsOf(figures: readonly (readonly [string, Figure])[]): PrintedSection[] {
  const entries = figures.flatMap(([item, { correction }]) =>
    correction ? [{ item, texts: [`Powód sprostowania: ${correction.reason}`] }] : [],
  );
  return entries.length === 0 ? [] : [{ heading: 'Sprostowania', entries }];
}

/** When the figures were taken, and how far the copies had come. */
export const sourcesOf = ({
  generatedAt,
  smallestFigure,
  positions,
}: {
  readonly generatedAt: string;
  readonly smallestFigure: number;
  readonly positions: readonly CopyPosition[];
}): PrintedSection => ({
  heading: 'Źródła danych',
  paragraphs: [
    `Liczby zestawiono ${generatedAt}. Każdą osobę policzono raz. Liczb mniejszych niż ${smallestFigure}, które dotyczą osób, nie podaje się.`,
  ],
  table: {
    columns: ['Dane', 'Stan na', 'Pozycja'],
    rows: positions.map(({ copy, asOf, position }) => [copyNames[copy], asOf ?? 'brak danych', String(position)]),
  },
});
