import { csvOf } from '@okienko/printing/csv';
import type { Printed } from '@okienko/printing/printed';

/** A report as CSV: a line for each cell of its tables, and for each text. */
export function reportCsv({ title, paragraphs, sections }: Printed): string {
  return csvOf([
    ['część', 'pozycja', 'miara', 'wartość'],
    ...paragraphs.map((text) => [title, '', '', text]),
    ...sections.flatMap(({ heading, paragraphs: texts = [], table, entries = [] }) => [
      ...texts.map((text) => [heading, '', '', text]),
      ...(table?.rows ?? []).flatMap(([item, ...values]) =>
        values.map((value, at) => [heading, item, table?.columns[at + 1] ?? '', value]),
      ),
      ...entries.flatMap(({ item, texts: of }) => of.map((text) => [heading, item, '', text])),
    ]),
  ]);
}
