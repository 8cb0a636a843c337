import { type Day, isDay } from '@okienko/contracts/calendar';
import type { Fault } from '@okienko/contracts/domain-error';

/** One movement on the centre’s account, as the bank tells it. Who paid and what they wrote is personal. */
export interface StatementLine {
  readonly bookedOn: Day;
  /** Below zero for what was paid out. */
  readonly grosze: number;
  readonly bankReference: string;
  readonly title: string;
  readonly payerAccount?: string;
  /** The account that it came to, where the bank tells it. */
  readonly account?: string;
}

/** It is no statement at all, so no rule is asked. */
export class StatementMalformed extends Error {
  constructor(readonly errors: readonly Fault[]) {
    super('The statement cannot be read as it stands, so nothing of it was counted. Correct what is named below.');
  }
}

export const mostLines = 2000;
/** Grosze of one line. */
export const mostPaid = 2_147_483_647;

const required = ['bookedOn', 'amount', 'currency', 'title', 'bankReference'] as const;
const columns = [...required, 'payerAccount', 'account'] as const;
type Column = (typeof columns)[number];
type Row = Readonly<Partial<Record<Column, string>>>;

/**
 * A statement as CSV (RFC 4180; comma or semicolon between the fields): a line of names, in any order of `bookedOn` (YYYY-MM-DD), `amount`,
 * `currency` (PLN), `title`, `bankReference` and perhaps `payerAccount` and `account`, then one line for each movement. An amount with a
 * comma or point and two digits after it is in złoty (`1 234,50`); one of digits alone is in grosze (`123450`).
 */
export function statementOf(csv: string): StatementLine[] {
  const [names = [], ...rows] = cellsOf(csv.replace(/^\uFEFF/, ''));
  const faults = [
    ...faultsOfHeader(names),
    ...(rows.length > mostLines ? [fault(0, `at most ${mostLines} lines`)] : []),
  ];
  if (faults.length > 0) throw new StatementMalformed(faults.slice(0, 100));
  const told = rows.map((cells, index) => ({ index, cells, row: rowOf(names, cells) }));
  const wrong = told.flatMap(({ index, cells, row }) =>
    cells.length === names.length ? faultsOfRow(row, index + 1) : [fault(index + 1, 'as many fields as names')],
  );
  if (wrong.length > 0) throw new StatementMalformed(wrong.slice(0, 100));
  return told.map(({ row }) => lineOf(row));
}

/** Złoty with a comma or point, or grosze; undefined when it is neither. Whole numbers throughout. */
export function groszeOf(amount: string): number | undefined {
  const text = amount.trim();
  if (!/^[+-]?(\d+|(\d+|\d{1,3}([ \u00A0]\d{3})+)[,.]\d{2})$/.test(text)) return undefined;
  const grosze = Number(text.replaceAll(/[ \u00A0,.]/g, ''));
  return grosze !== 0 && Math.abs(grosze) <= mostPaid ? grosze : undefined;
}

/** Our references in what the payer wrote, in whatever case and with whatever blanks or dashes; candidates still, their check digits unread. */
export function referencesIn(title: string): string[] {
  const squeezed = title.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  return [...squeezed.matchAll(/RF\d{12}/g)].map(([reference]) => reference);
}

const fault = (line: number, detail: string, column?: Column): Fault => ({
  pointer: `/csv/${line}${column ? `/${column}` : ''}`,
  detail,
});

function faultsOfHeader(names: readonly string[]): Fault[] {
  return [
    ...required.filter((name) => !names.includes(name)).map((name) => fault(0, 'this column is missing', name)),
    ...names
      .filter((name, index) => !columns.includes(name as Column) || names.indexOf(name) !== index)
      .map((name) => fault(0, `unknown or named twice: ${name.slice(0, 40)}`)),
  ];
}

const rowOf = (names: readonly string[], cells: readonly string[]): Row =>
  Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));

function faultsOfRow(
  { bookedOn = '', amount = '', currency, bankReference = '', title = '' }: Row,
  line: number,
): Fault[] {
  return [
    ...(isDay(bookedOn) && bookedOn >= '2000-01-01' ? [] : [fault(line, 'a day as YYYY-MM-DD', 'bookedOn')]),
    ...(groszeOf(amount) === undefined ? [fault(line, 'złoty as 12,34 or grosze as 1234, not nothing', 'amount')] : []),
    ...(currency === 'PLN' ? [] : [fault(line, 'PLN; an account in another currency is settled by hand', 'currency')]),
    ...(/^\S.{0,99}$/.test(bankReference) ? [] : [fault(line, '1 to 100 characters', 'bankReference')]),
    ...(title.length <= 1000 ? [] : [fault(line, 'at most 1000 characters', 'title')]),
  ];
}

function lineOf({
  bookedOn = '',
  amount = '',
  bankReference = '',
  title = '',
  payerAccount,
  account,
}: Row): StatementLine {
  const accounts = {
    ...(payerAccount && { payerAccount }),
    ...(account && { account: account.replaceAll(/^PL|\s/g, '') }),
  };
  return { bookedOn, grosze: groszeOf(amount) ?? 0, bankReference, title, ...accounts };
}

/** Cells of each line that is not empty. A quoted field may hold separators, line ends and doubled quotes. */
function cellsOf(csv: string): string[][] {
  const separator = (/^[^\r\n]*/.exec(csv)?.[0] ?? '').includes(';') ? ';' : ',';
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end = ''] of csv.matchAll(
    separator === ';'
      ? /(?:"((?:[^"]|"")*)"|([^;\r\n]*))(;|\r\n|\n|\r|$)/g
      : /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/g,
  )) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '') break;
    if (end !== separator) lines.push([]);
  }
  return lines.filter((cells) => cells.some((cell) => cell !== ''));
}
