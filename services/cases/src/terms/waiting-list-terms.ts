import { type Day, editionOn } from '@okienko/contracts/calendar';

/** What becomes of an entry whose place was not taken: it ends as withdrawn, or goes on behind all others. */
export type AfterOffer = 'ENDS' | 'GOES_LAST';

/** How waiting lists are kept. The Act knows none, so these are the centre's own rules, with validity dates. */
export interface WaitingListTerms {
  readonly validFrom: Day;
  readonly afterDecline: AfterOffer;
  /** Silence takes nobody's right away without a decision. */
  readonly afterSilence: AfterOffer;
  /** Spans of days, up to now, whose freed places the wait is estimated from. */
  readonly estimatedFrom: readonly number[];
}

/** Newest first. */
const history: readonly [...WaitingListTerms[], WaitingListTerms] = [
  {
    validFrom: '2020-01-01',
    afterDecline: 'ENDS',
    afterSilence: 'GOES_LAST',
    estimatedFrom: [90, 180],
  },
];

export const waitingListTermsOn = (day: Day): WaitingListTerms => editionOn(history, day);
