import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How recipients are asked what a service was like. The Act is silent, so the centre sets it: data with validity dates. */
export interface SurveyTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Calendar days in which a survey may be answered. */
  readonly answerDays: number;
  /** Months after which the recipient of a service that goes on is asked, again and again. */
  readonly everyMonths: number;
}

/** Newest first. */
export const surveyTerms: readonly [...SurveyTerms[], SurveyTerms] = [
  { validFrom: '2020-01-01', basis: 'rule of the centre (art. 13(1)(7))', answerDays: 30, everyMonths: 6 },
];

export const surveyTermsOn = (day: Day): SurveyTerms => editionOn(surveyTerms, day);
