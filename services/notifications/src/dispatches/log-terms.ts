import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How long it is kept what was sent to a sink and what it answered. That an event was delivered, and when, stays. */
export interface LogTerms {
  readonly validFrom: Day;
  readonly basis: string;
  readonly days: number;
}

/** Newest first. */
const history: readonly [...LogTerms[], LogTerms] = [
  {
    validFrom: '2020-01-01',
    basis:
      'rule of the centre (GDPR art. 5(1)(e)): a quarter, in which a partner can object; to be confirmed with its archive plan',
    days: 90,
  },
];

export const logTermsOn = (day: Day): LogTerms => editionOn(history, day);
