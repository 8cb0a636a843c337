import { type Day, dayOf, editionOn } from '@okienko/contracts/calendar';
import { nextAt } from '../rules/local-time';

/** When the day's small news go out together: the centre's own term, with validity dates. */
export interface DigestTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** Local time, HH:MM. */
  readonly at: string;
}

/** Newest first. */
const history: readonly [...DigestTerms[], DigestTerms] = [
  { validFrom: '2020-01-01', basis: 'rule of the centre', at: '16:00' },
];

/** The next digest after that moment: what comes later than today's goes into tomorrow's, so there is one a day. */
export const nextDigest = (after: Date): Date => nextAt(editionOn(history, dayOf(after)).at, after);
