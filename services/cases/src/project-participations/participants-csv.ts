import type { ParticipantsExport } from './project-reports.dto';

/** RFC 4180, a line for each participant. */
export const csvOf = ({ columns, rows }: ParticipantsExport): string =>
  [columns.map(({ header }) => header), ...rows].map((line) => `${line.map(cell).join(',')}\r\n`).join('');

/** A text that a spreadsheet would take for a formula is marked as text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
