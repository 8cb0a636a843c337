import type { Outcome } from './data-import';

/** What became of a row that was not refused. */
export interface Brought {
  readonly outcome: Exclude<Outcome, 'REFUSED'>;
  readonly subjectId: string;
  readonly duplicates?: readonly string[];
}

export const created = (subjectId: string): Brought => ({ outcome: 'CREATED', subjectId });

/** As it stands in the report. */
export interface Reported {
  readonly row: number;
  readonly outcome: Outcome;
  readonly code: string | null;
  readonly field: string | null;
  readonly subjectId: string | null;
  readonly duplicates: readonly string[];
}
