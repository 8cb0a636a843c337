import { isPesel } from '@okienko/identifiers/pesel';
import type { RowCode } from './import-errors';
import type { Cells, Line } from './import-file';
import { formats, type ImportKind } from './import-kinds';

/** What one external id stands for, from all of its lines, in whatever order they came. */
export interface ImportRecord {
  /** Of its first line. */
  readonly row: number;
  /** Null where it cannot be kept. */
  readonly externalId: string | null;
  readonly head: Cells;
  readonly parts: readonly Cells[];
  /** Why it will not be taken, where that shows already. */
  readonly fault: RowCode | null;
}

// An office that has no ids of its own may have taken the PESEL for one: that is kept nowhere in the open.
const shape = /^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,63}$/u;
const isExternalId = (text: string): boolean => shape.test(text) && !isPesel(text.replaceAll(/\D/g, ''));

/** The records of a file, by their external ids. One that is told of twice where nothing may repeat is not guessed at. */
export function recordsOf(kind: ImportKind, lines: readonly Line[]): ImportRecord[] {
  const byId = Map.groupBy(lines, ({ cells }) => cells['externalId'] ?? '');
  return [...byId].flatMap(([externalId, its]) =>
    isExternalId(externalId) ? gathered(kind, externalId, its) : its.map(unnamed),
  );
}

const unnamed = ({ row }: Line): ImportRecord => ({
  row,
  externalId: null,
  head: {},
  parts: [],
  fault: 'external-id-wrong',
});

function gathered(kind: ImportKind, externalId: string, lines: readonly Line[]): ImportRecord[] {
  const { head, part } = formats[kind];
  const told = (line: Line, columns: typeof head): Cells =>
    Object.fromEntries(columns.flatMap(({ name }) => (line.cells[name] ? [[name, line.cells[name]]] : [])));
  const heads = lines.map((line) => told(line, head));
  const refused = (fault: RowCode): ImportRecord[] =>
    lines.map(({ row }) => ({ row, externalId, head: {}, parts: [], fault }));
  if (part.length === 0 && lines.length > 1) return refused('external-id-repeated');
  if (new Set(heads.map((one) => JSON.stringify(one))).size > 1) return refused('lines-disagree');
  const parts = part.length === 0 ? [] : lines.map((line) => told(line, part)).sort(byText);
  const row = Math.min(...lines.map((line) => line.row));
  return [{ row, externalId, head: heads[0] ?? {}, parts, fault: null }];
}

const byText = (one: Cells, other: Cells): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
