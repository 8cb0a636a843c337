import { type Day, editionOn } from '@okienko/contracts/calendar';

/** Terms that the law sets and may change: data with validity dates, so that an old case keeps the term it began under. */
export interface StatutoryTerms {
  readonly validFrom: Day;
  /** KPA art. 129 § 2: appeal, counted from delivery of the decision. */
  readonly appealDays: number;
  /** Art. 40: drafting of the plan, counted from the filing of the application. */
  readonly planDraftDays: number;
  /** Art. 40: the longest period of a plan. */
  readonly planYears: number;
  /** KPA art. 35 § 3: months from filing in which a matter is settled. */
  readonly qualificationMonths: number;
  /** The same in days, which may be fewer. The Act has no term of its own; thirty is our default. */
  readonly qualificationDays: number;
  /** KPA art. 64 § 2: the fewest days that a call for completion gives. */
  readonly completionDays: number;
  /** Art. 38(1) says "without delay"; three working days from the agreement are our default. */
  readonly forwardingWorkingDays: number;
  /** Days before the end of a term on which its approach is told; our default. */
  readonly warningDays: number;
}

/** Newest first. */
const history: readonly [...StatutoryTerms[], StatutoryTerms] = [
  {
    validFrom: '2020-01-01',
    appealDays: 14,
    planDraftDays: 30,
    planYears: 1,
    qualificationMonths: 1,
    qualificationDays: 30,
    completionDays: 7,
    forwardingWorkingDays: 3,
    warningDays: 7,
  },
];

export const termsOn = (day: Day): StatutoryTerms => editionOn(history, day);
