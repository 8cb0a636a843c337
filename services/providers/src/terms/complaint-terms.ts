import { type Day, editionOn } from '@okienko/contracts/calendar';

/** Within what time a complaint is dealt with: data with validity dates, so that one keeps the terms it came under. */
export interface ComplaintTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Months for the answer (KPA art. 237 § 1). */
  readonly answerMonths: number;
  /** Days for passing it on to who is competent (KPA art. 231). */
  readonly passOnDays: number;
}

/** Newest first. */
export const complaintTerms: readonly [...ComplaintTerms[], ComplaintTerms] = [
  { validFrom: '2000-01-01', basis: 'KPA art. 231, 237 § 1', answerMonths: 1, passOnDays: 7 },
];

export const complaintTermsOn = (day: Day): ComplaintTerms => editionOn(complaintTerms, day);
