import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How long is kept what was said, and after that only its SHA-256, by which a copy that somebody shows can be told from a forged one. */
export interface RetentionTerms {
  readonly validFrom: Day;
  readonly basis: string;
  readonly contentYears: number;
  readonly hashYears: number;
}

/** Newest first. */
const history: readonly [...RetentionTerms[], RetentionTerms] = [
  {
    validFrom: '2020-01-01',
    basis: 'rule of the centre (GDPR art. 5(1)(e)); to be confirmed with its archive plan',
    contentYears: 2,
    hashYears: 10,
  },
];

export const retentionTermsOn = (day: Day): RetentionTerms => editionOn(history, day);
