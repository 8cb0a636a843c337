import { nothingToTell, type PrintedSection } from '@okienko/printing/printed';
import type { Figure } from './figure';
import { copyNames } from './polish-names';
import type { CopyPosition } from './programme-figures';

/** Figures in words: a number that is not told says why. */
export const wordsFor =
  (smallestFigure: number, show: (value: number) => string = String) =>
  ({ value, why, correction }: Figure): string => {
    const told =
      value !== null ? show(value) : why === 'TOO_FEW_PERSONS' ? `mniej niż ${smallestFigure}` : nothingToTell;
    return correction ? `${told} (sprostowano)` : told;
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
    rows: positions.map(({ copy, asOf, position }) => [copyNames[copy], asOf ?? nothingToTell, String(position)]),
  },
});
