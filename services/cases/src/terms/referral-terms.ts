import { type Day, editionOn } from '@okienko/contracts/calendar';
import type { DataCategoryCode } from '@okienko/contracts/data-scope';

/** How services are referred to providers. The Act is silent, so the centre sets it: data with validity dates. */
export interface ReferralTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** What follows when nobody has answered in time (REFERRAL_ANSWER of the clocks): the next by the rule is asked, or the coordinator has to choose. */
  readonly lapseRule: 'NEXT_BY_RULE' | 'BY_HAND';
  /** Points of the rule, whole numbers. Those for free places are for a provider all of whose places are free; others get their share. */
  readonly weights: RuleWeights;
  /** Whole points for how far a provider's nearest place is from the person, the farthest band first. Wide bands: a ranking shows them, and is not to tell where somebody lives. */
  readonly distanceBands: readonly DistanceBand[];
  /** Days after the end of a service in which its provider may still read whom it served, to settle accounts. */
  readonly settlementDays: number;
  /** What a provider is told of the person where the programme does not say it: categories of the data scope. */
  readonly referralScope: readonly DataCategoryCode[];
}

export interface RuleWeights {
  /** The person wishes for this provider. */
  readonly wish: number;
  /** It has served this person before. */
  readonly continuity: number;
  readonly freePlaces: number;
}

/** Reaches to the next. Points lie around nought, which is what an unknown distance counts. */
export interface DistanceBand {
  readonly fromKm: number;
  readonly points: number;
}

/** Newest first. */
const history: readonly [...ReferralTerms[], ReferralTerms] = [
  {
    validFrom: '2026-11-01',
    basis: 'rule of the centre (art. 13(1)(1), 39(2))',
    lapseRule: 'NEXT_BY_RULE',
    weights: { wish: 100, continuity: 50, freePlaces: 30 },
    distanceBands: [
      { fromKm: 25, points: -10 },
      { fromKm: 10, points: 0 },
      { fromKm: 3, points: 5 },
      { fromKm: 0, points: 10 },
    ],
    settlementDays: 30,
    referralScope: ['IDENTITY', 'CONTACT'],
  },
  {
    validFrom: '2020-01-01',
    basis: 'rule of the centre (art. 13(1)(1), 39(2))',
    lapseRule: 'NEXT_BY_RULE',
    weights: { wish: 100, continuity: 50, freePlaces: 30 },
    distanceBands: [],
    settlementDays: 30,
    referralScope: ['IDENTITY', 'CONTACT'],
  },
];

export const referralTermsOn = (day: Day): ReferralTerms => editionOn(history, day);
