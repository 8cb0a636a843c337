import { type Day, editionOn } from '@okienko/contracts/calendar';

/** Terms that the law sets and may change: data with validity dates. */
export interface StatutoryTerms {
  readonly validFrom: Day;
  /** Act on the announcement of normative acts, art. 4(1): days from publication to entry into force, unless the resolution says otherwise. */
  readonly vacatioLegisDays: number;
  /** Months after which what another body does counts as unconfirmed. The Act (art. 13(2)) says "on an ongoing basis"; six is our default. */
  readonly entryStaleMonths: number;
  /** A published figure about people is no smaller. The Act is silent; five is our default. */
  readonly smallestFigure: number;
  /** Months for which the words of a settled report of a need are kept. The Act is silent; the unit's archival schedule decides. */
  readonly needReportMonths: number;
  /** Art. 21: years after which a diagnosis is made anew. */
  readonly diagnosisYears: number;
  /** Art. 6: months from the end of a programme to its closing information. */
  readonly closingInformationMonths: number;
  /** Days before that term ends on which the centre is reminded; the Act knows no reminder, thirty is our default. */
  readonly closingInformationReminderDays: number;
}

/** Newest first. */
const history: readonly [...StatutoryTerms[], StatutoryTerms] = [
  {
    validFrom: '2020-01-01',
    vacatioLegisDays: 14,
    entryStaleMonths: 6,
    smallestFigure: 5,
    needReportMonths: 12,
    diagnosisYears: 5,
    closingInformationMonths: 4,
    closingInformationReminderDays: 30,
  },
];

export const termsOn = (day: Day): StatutoryTerms => editionOn(history, day);
