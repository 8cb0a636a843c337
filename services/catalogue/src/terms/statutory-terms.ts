import { type Day, editionOn } from '@okienko/contracts/calendar';

/** Terms that the law sets and may change: data with validity dates. */
export interface StatutoryTerms {
  readonly validFrom: Day;
  /** Act on the announcement of normative acts, art. 4(1): days from publication to entry into force, unless the resolution says otherwise. */
  readonly vacatioLegisDays: number;
  /** Months after which what another body does counts as unconfirmed. The Act (art. 13(2)) says "on an ongoing basis"; six is our default. */
  readonly entryStaleMonths: number;
  /** Art. 6: months from the end of a programme to its closing information. */
  readonly closingInformationMonths: number;
  /** Days before that term ends on which the centre is reminded; the Act knows no reminder, thirty is our default. */
  readonly closingInformationReminderDays: number;
  /** Reports tell no number of fewer persons than this: one could tell who they are. The Act names no number, five is usual in statistics. */
  readonly fewestPersonsTold: number;
}

/** Newest first. */
const history: readonly [...StatutoryTerms[], StatutoryTerms] = [
  {
    validFrom: '2020-01-01',
    vacatioLegisDays: 14,
    entryStaleMonths: 6,
    closingInformationMonths: 4,
    closingInformationReminderDays: 30,
    fewestPersonsTold: 5,
  },
];

export const termsOn = (day: Day): StatutoryTerms => editionOn(history, day);
