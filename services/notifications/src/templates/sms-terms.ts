import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How long a short message may be. The law is silent, so the centre sets it: data with validity dates. */
export interface SmsTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Parts that a phone puts together to one message. */
  readonly mostParts: number;
}

/** Newest first. */
const history: readonly [...SmsTerms[], SmsTerms] = [
  { validFrom: '2020-01-01', basis: 'rule of the centre (art. 13(1)(1))', mostParts: 2 },
];

export const smsTermsOn = (day: Day): SmsTerms => editionOn(history, day);
