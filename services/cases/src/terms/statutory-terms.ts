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
  /** A figure about people that leaves the unit is no smaller. The Act is silent; five is our default. */
  readonly smallestFigure: number;
}

/** Newest first. */
export const statutoryTerms: readonly [...StatutoryTerms[], StatutoryTerms] = [
  { validFrom: '2020-01-01', appealDays: 14, planDraftDays: 30, planYears: 1, smallestFigure: 5 },
];

export const termsOn = (day: Day): StatutoryTerms => editionOn(statutoryTerms, day);
