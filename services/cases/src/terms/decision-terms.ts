import { type Day, editionOn } from '@okienko/contracts/calendar';

/** Terms of decisions and appeals, with validity dates: an old matter keeps the terms it began under. */
export interface DecisionTerms {
  readonly validFrom: Day;
  /** KPA art. 35 § 3: settling a matter, counted from what asks for it. */
  readonly settlingDays: number;
  /** KPA art. 44 § 4: days after the first notice until a letter nobody took counts as delivered. */
  readonly fictionDays: number;
  /** KPA art. 133: handing an appeal over, counted from its filing. */
  readonly handoverDays: number;
  /** Days before its end on which a term is called to mind. */
  readonly warnDays: number;
}

/** Newest first. */
const history: readonly [...DecisionTerms[], DecisionTerms] = [
  { validFrom: '2020-01-01', settlingDays: 30, fictionDays: 14, handoverDays: 7, warnDays: 3 },
];

export const decisionTermsOn = (day: Day): DecisionTerms => editionOn(history, day);
