import { type Day, editionOn } from '@okienko/contracts/calendar';

/** What the centre has settled about agreements. The Act is silent, so it is data with validity dates. */
export interface AgreementTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Orders that begin on this day or later need an agreement in force, unless a unit of the gmina performs them. */
  readonly requiredFrom: Day;
  /** Days before its last one on which the end of an agreement, and a gap behind it, are told. */
  readonly warnDays: number;
  /** Days before a report of the provider is due on which that is told. */
  readonly reportWarnDays: number;
  /** So much of a ceiling is drawn when its approach is told. */
  readonly nearPermille: number;
  /** The pace of deliveries is that of so many days … */
  readonly paceDays: number;
  /** … and unknown with fewer deliveries than these. */
  readonly fewestDeliveries: number;
}

/** Newest first. */
export const agreementTerms: readonly [...AgreementTerms[], AgreementTerms] = [
  {
    validFrom: '2020-01-01',
    basis: 'rule of the centre (art. 7(2))',
    requiredFrom: '2028-01-01',
    warnDays: 60,
    reportWarnDays: 14,
    nearPermille: 800,
    paceDays: 60,
    fewestDeliveries: 5,
  },
];

export const agreementTermsOn = (day: Day): AgreementTerms => editionOn(agreementTerms, day);
