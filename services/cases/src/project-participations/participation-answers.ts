import type { SealedRow } from '../access/sealed-row';
import type { Answers, Moment } from '../projects/indicator';
import { columns } from './project-participation';

/** The three sealed columns as the queries select them. */
export type SealedAnswers = Readonly<Record<Moment, Buffer | null>>;

export const sealedAnswers = `entry_indicators as "ENTRY", exit_indicators as "EXIT", later_indicators as "FOUR_WEEKS_AFTER"`;

export function openAnswers(row: SealedRow, sealed: SealedAnswers): Record<Moment, Answers | null> {
  const open = (moment: Moment): Answers | null =>
    sealed[moment] && row.openJson<Answers>(columns[moment], sealed[moment]);
  return { ENTRY: open('ENTRY'), EXIT: open('EXIT'), FOUR_WEEKS_AFTER: open('FOUR_WEEKS_AFTER') };
}
