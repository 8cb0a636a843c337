import { type Day, editionOn } from '@okienko/contracts/calendar';

/** Terms that the law sets and may change, other than clocks: data with validity dates, so that an old case keeps the term it began under. */
export interface StatutoryTerms {
  readonly validFrom: Day;
  /** KPA art. 44 § 4: days after the first notice until a letter nobody took counts as delivered. */
  readonly fictionDays: number;
  /** Art. 40: the longest period of a plan. */
  readonly planYears: number;
  /** Art. 38(2): services that have to be coordinated for so long need a plan. */
  readonly planNeedMonths: number;
  /** A figure about people that leaves the unit is no smaller. The Act is silent; five is our default. */
  readonly smallestFigure: number;
}

/** Newest first. */
export const statutoryTerms: readonly [...StatutoryTerms[], StatutoryTerms] = [
  {
    validFrom: '2020-01-01',
    fictionDays: 14,
    planYears: 1,
    planNeedMonths: 3,
    smallestFigure: 5,
  },
];

export const termsOn = (day: Day): StatutoryTerms => editionOn(statutoryTerms, day);
