import { createHash } from 'node:crypto';
import { DomainError } from '@okienko/contracts/domain-error';
import { parse } from 'csv-parse/sync';

export const mostRows = 5_000;

export class TableUnreadable extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'table-unreadable';
  constructor(why: string) {
    super(
      `${why} Send CSV in UTF-8: a header with the names of the fields, then a row for each delivery, at most ${mostRows}.`,
    );
  }
}

/** One delivery of a table as a request would say it; what is not said is absent. */
export type TableRow = Readonly<Record<string, string | number>>;

export function rowsOf(bytes: Buffer): TableRow[] {
  let rows: Record<string, string>[];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    rows = parse(text, {
      columns: true,
      bom: true,
      delimiter: [',', ';'],
      skip_empty_lines: true,
      trim: true,
      to: mostRows + 1,
    });
  } catch (error) {
    throw new TableUnreadable(error instanceof Error ? `${error.message}.` : 'The table cannot be read.');
  }
  if (rows.length === 0 || rows.length > mostRows)
    throw new TableUnreadable(`It has ${rows.length === 0 ? 'no' : 'too many'} rows.`);
  return rows.map(said);
}

/**
 * A row without an id gets one that is made of its content, so that the same table twice counts once. Rows that are equal are told apart by
 * which of them they are: three rides of one day are three.
 */
export function withIds(rows: readonly TableRow[], provider: string): TableRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    if ('id' in row) return row;
    const content = JSON.stringify([provider, Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1))]);
    const nth = (seen.get(content) ?? 0) + 1;
    seen.set(content, nth);
    return { ...row, id: idOf(`${content} ${nth}`, String(row['deliveredOn'])) };
  });
}

function said(row: Record<string, string>): TableRow {
  const cells = Object.entries(row).filter(([, value]) => value !== '');
  return Object.fromEntries(cells.map(([name, value]) => [name, name === 'quantity' ? numberOf(value) : value]));
}

const numberOf = (text: string): number | string => (/^\d{1,10}$/.test(text) ? Number(text) : text);

/** A UUIDv7 of the day of the delivery, with a digest where others have chance. */
function idOf(content: string, day: string): string {
  const time = Math.max(Date.parse(day) || 0, 0)
    .toString(16)
    .padStart(12, '0')
    .slice(-12);
  const hex = createHash('sha256').update(content).digest('hex');
  const variant = (8 + (Number.parseInt(hex.charAt(0), 16) % 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}
