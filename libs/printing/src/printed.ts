/** A document as people read it, in Polish; the same for print, for the screen and for tables. */
export interface Printed {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly sections: readonly PrintedSection[];
  readonly language?: Language;
}

/** BCP 47; plain Polish unless said otherwise. What is easy to read (ETR) comes in larger letters with more air. */
export type Language = 'pl' | 'pl-x-etr';

/** In this order on the page. */
export interface PrintedSection {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  readonly list?: readonly string[];
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

/** What a section says when it has nothing to tell. */
export const nothingToTell = 'brak danych';

export const isEmpty = ({ paragraphs = [], list = [], table, entries = [] }: PrintedSection): boolean =>
  paragraphs.length + list.length + (table?.rows.length ?? 0) + entries.length === 0;

/** Grosze as złote, with a decimal comma. */
export const inZloty = (grosze: number): string => {
  const amount = Math.abs(grosze);
  return `${grosze < 0 ? '-' : ''}${Math.trunc(amount / 100)},${String(amount % 100).padStart(2, '0')}`;
};
