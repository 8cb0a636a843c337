import { type DeadlineKind } from '../deadlines/deadlines';
import { type ClockTerms } from './clocks';
import { type StatutoryTerms } from './statutory-terms';

export class ClockView {
  kind!: DeadlineKind;
  length!: number;
  unit!: ClockTerms['unit'];
  /** Calendar days before the last one on which its approach is told. */
  warnDaysBefore!: number;
  /** @example "KPA art. 129 § 2" */
  basis!: string;
  setBy!: ClockTerms['setBy'];
  /** It does not end on a Saturday or a day free by law (KPA art. 57 § 4). */
  isOfParty!: boolean;
  /** Once it has passed there is nothing left to do. */
  lapses!: boolean;
  /** Once, and for a reason, it may be made longer by so much; null where it may not. */
  prolongableBy!: number | null;
  /** First day on which a clock begins under it. */
  validFrom!: string;
  /** The last one; null while no other has followed it. */
  validTo!: string | null;
}

export class TermsView {
  clocks!: ClockView[];
  /** Other terms, newest first. */
  statutory!: StatutoryTerms[];
}
