import type { Printed } from '@okienko/printing/printed';

/** A report as RFC 4180: a line for each cell of its tables, and for each text. */
export function csvOf({ title, paragraphs, sections }: Printed): string {
  const lines = [
    ['część', 'pozycja', 'miara', 'wartość'],
    ...paragraphs.map((text) => [title, '', '', text]),
    ...sections.flatMap(({ heading, paragraphs: texts = [], table, entries = [] }) => [
      ...texts.map((text) => [heading, '', '', text]),
      ...(table?.rows ?? []).flatMap(([item, ...values]) =>
        values.map((value, at) => [heading, item, table?.columns[at + 1] ?? '', value]),
      ),
      ...entries.flatMap(({ item, texts: of }) => of.map((text) => [heading, item, '', text])),
    ]),
  ];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula is marked as text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
