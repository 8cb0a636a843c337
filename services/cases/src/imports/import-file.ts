import type { Fault } from '@okienko/contracts/domain-error';
import { ImportColumnsWrong, ImportUnreadable } from './import-errors';
import { columnsOf, type ImportKind } from './import-kinds';

/** What a line says by the names of its columns; what is left empty is not there. */
export type Cells = Readonly<Record<string, string>>;

export interface Line {
  /** As a spreadsheet counts, the headings being row 1; in JSON the place in the list, from 1. */
  readonly row: number;
  readonly cells: Cells;
}

export const mostLines = 100_000;

/** CSV with `;` or `,`, or a JSON list of objects with the names of the columns; in UTF-8, or CSV in Windows-1250. */
export async function linesOf(kind: ImportKind, content: Buffer): Promise<Line[]> {
  const text = decoded(content);
  const lines = /^\s*\[/.test(text) ? jsonLines(text) : await csvLines(text);
  if (lines.length === 0) throw new ImportUnreadable('it has no rows.');
  if (lines.length > mostLines) throw new ImportUnreadable(`it has more than ${mostLines} rows. Split it.`);
  assertColumns(kind, lines);
  return lines;
}

function decoded(content: Buffer): string {
  if (content.includes(0)) throw new ImportUnreadable('save it as text in UTF-8 or Windows-1250.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1250').decode(content);
  }
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

async function csvLines(text: string): Promise<Line[]> {
  // Loaded with the first file.
  const { parse } = await import('csv-parse/sync');
  const headings = /^.*/.exec(text)?.[0] ?? '';
  const delimiter = headings.includes(';') ? ';' : ',';
  const options = { delimiter, info: true, relax_column_count: true, skip_empty_lines: true };
  let parsed: readonly Parsed[];
  try {
    parsed = parse(text, options) as unknown as Parsed[];
  } catch (error) {
    throw new ImportUnreadable(`line ${(error as { lines?: number }).lines ?? '?'} is not CSV; are its quotes closed?`);
  }
  const [first, ...rest] = parsed;
  const names = (first?.record ?? []).map((name) => name.trim());
  return rest
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
    .map(({ record, info }) => ({ row: info.lines, cells: cellsOf(names, record) }));
}

/** A cell beyond the headings has no name, so that the columns are wrong. */
const cellsOf = (names: readonly string[], record: readonly string[]): Cells =>
  filled(Array.from({ length: Math.max(names.length, record.length) }, (_, at) => [names[at] ?? '', record[at] ?? '']));

function jsonLines(text: string): Line[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new ImportUnreadable('it is not JSON.');
  }
  return (list as unknown[]).map((item, index) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item) || Object.values(item).some(isNested))
      throw new ImportUnreadable(`item ${index + 1} of the list is not an object of plain values.`);
    const told = Object.entries(item).filter(([, value]) => value !== null);
    return { row: index + 1, cells: filled(told.map(([name, value]) => [name, String(value)])) };
  });
}

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** A name without a value stays, with nothing in it, until the columns have been looked at. */
const filled = (entries: readonly (readonly [string, string])[]): Cells =>
  Object.fromEntries(
    entries
      .map(([name, value]) => [name, value.trim().normalize('NFC')] as const)
      .filter(([name, value]) => name !== '' || value !== ''),
  );

function assertColumns(kind: ImportKind, lines: readonly Line[]): void {
  const columns = columnsOf(kind);
  const given = new Set(lines.flatMap(({ cells }) => Object.keys(cells)));
  const unknown = [...given].filter((name) => !columns.some((column) => column.name === name));
  const missing = columns.filter(({ name, isRequired }) => isRequired && !given.has(name));
  const errors: Fault[] = [
    ...missing.map(({ name }) => ({ pointer: `/${name}`, detail: 'is missing' })),
    ...unknown.map(() => ({ pointer: '', detail: 'there is a column that the format does not know' })).slice(0, 1),
  ];
  if (errors.length > 0) throw new ImportColumnsWrong(errors);
}
