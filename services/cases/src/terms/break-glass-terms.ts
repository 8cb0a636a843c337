import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How long matters of another unit stay open to who has opened them with a reason. No law sets it, so the centre does. */
export interface BreakGlassTerms {
  readonly validFrom: Day;
  readonly basis: string;
  readonly hours: number;
  /** Working days within which somebody who answers for the services looks into it. */
  readonly reviewWithin: number;
}

/** Newest first. */
const history: readonly [...BreakGlassTerms[], BreakGlassTerms] = [
  { validFrom: '2020-01-01', basis: 'GDPR art. 32(1)(b), (4); rule of the centre', hours: 4, reviewWithin: 3 },
];

export const breakGlassTermsOn = (day: Day): BreakGlassTerms => editionOn(history, day);
