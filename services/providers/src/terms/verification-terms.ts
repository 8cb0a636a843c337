import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How the entries of providers are watched. The Act is silent, so it is data with validity dates. */
export interface VerificationTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Days before the last one of a verification on which its end is told. */
  readonly warnDays: number;
}

/** Newest first. */
export const verificationTerms: readonly [...VerificationTerms[], VerificationTerms] = [
  { validFrom: '2020-01-01', basis: 'rule of the centre (art. 2(3), 7(2))', warnDays: 30 },
];

export const verificationTermsOn = (day: Day): VerificationTerms => editionOn(verificationTerms, day);
