import { shown } from './rounds';

type Goal = { readonly atLeast: number } | { readonly atMost: number };

export interface Line {
  /** The key of the last line's JSON. */
  readonly key: string;
  readonly figure: number;
  readonly goal?: Goal;
  readonly what: string;
}

export const meets = ({ figure, goal }: Line): boolean =>
  goal === undefined || ('atLeast' in goal ? figure >= goal.atLeast : figure <= goal.atMost);

/** The figures beside their goals; what falls short stays in the table. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const { key, figure, goal, what } = line;
    const wanted = goal === undefined ? '' : 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
    return [key, shown(figure), wanted, goal === undefined ? '' : meets(line) ? 'met' : 'MISSED', what];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 1 ? cell.padStart(widths[column] ?? 0) : column < 4 ? cell.padEnd(widths[column] ?? 0) : cell,
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
