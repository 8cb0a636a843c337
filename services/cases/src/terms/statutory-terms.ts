import { type Day, editionOn } from '@okienko/contracts/calendar';

/** A clock: so many days from what starts it, told of so many days before. */
export interface ClockTerm {
  readonly days: number;
  readonly warnDays: number;
  readonly basis: string;
}

/** Terms that the law sets and may change: data with validity dates, so that an old case keeps the term it began under. */
export interface StatutoryTerms {
  readonly validFrom: Day;
  /** KPA art. 129 § 2: appeal, counted from delivery of the decision. */
  readonly appealDays: number;
  /** Art. 40: drafting of the plan, counted from the filing of the application. */
  readonly planDraftDays: number;
  readonly planDraftWarnDays: number;
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
  /** Art. 38(2): services that have to be coordinated for so long need a plan. */
  readonly planNeedMonths: number;
  /** A figure about people that leaves the unit is no smaller. The Act is silent; five is our default. */
  readonly smallestFigure: number;
  /** Of a plan, from its submission, its last day, the last contact and its end. Where the Act is silent, the centre's own. */
  readonly planClocks: Readonly<Record<'PLAN_APPROVAL' | 'PLAN_END' | 'MONITORING' | 'CLOSING_TALK', ClockTerm>>;
}

/** Newest first. */
export const statutoryTerms: readonly [...StatutoryTerms[], StatutoryTerms] = [
  {
    validFrom: '2020-01-01',
    appealDays: 14,
    planDraftDays: 30,
    qualificationMonths: 1,
    qualificationDays: 30,
    completionDays: 7,
    forwardingWorkingDays: 3,
    warningDays: 7,
    planDraftWarnDays: 7,
    planYears: 1,
    planNeedMonths: 3,
    smallestFigure: 5,
    planClocks: {
      PLAN_APPROVAL: { days: 7, warnDays: 2, basis: 'art. 41(1)' },
      PLAN_END: { days: 0, warnDays: 30, basis: 'art. 40' },
      MONITORING: { days: 30, warnDays: 7, basis: 'art. 45(1)' },
      CLOSING_TALK: { days: 14, warnDays: 5, basis: 'art. 45(2)' },
    },
  },
];

export const termsOn = (day: Day): StatutoryTerms => editionOn(statutoryTerms, day);
