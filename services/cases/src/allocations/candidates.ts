import type { ReferralTerms, RuleWeights } from '../terms/referral-terms';
import { bandOf, type Point } from './distance';

/** A provider with places for the service over the whole period. */
export interface Offering {
  readonly providerId: string;
  readonly places: number;
  /** Places that are free when every referral that awaits an answer is accepted. */
  readonly free: number;
  /** It has served this person before. */
  readonly hasServed: boolean;
  /** Where its free places are, as far as it has told. */
  readonly points: readonly Point[];
  /** What it said to this very allocation. */
  readonly refusal: 'DECLINED' | 'LAPSED' | null;
}

export const exclusions = ['DECLINED', 'NO_ANSWER', 'NO_FREE_PLACE'] as const;
export type Exclusion = (typeof exclusions)[number];

/** The person for whom a provider is sought, as far as the rule asks. */
export interface Wanting {
  readonly wishedProviderId: string | null;
  /** Where the person lives, when that is known. */
  readonly home: Point | null;
}

export type Points = RuleWeights & { readonly distance: number };
type Rule = Pick<ReferralTerms, 'weights' | 'distanceBands'>;

export interface Candidate {
  readonly providerId: string;
  readonly points: number;
  /** Where the points come from. */
  readonly because: Points;
  /** Where the band of the distance begins; left out where that is not known. */
  readonly fromKm?: number;
  readonly places: number;
  readonly free: number;
  /** Why it cannot be chosen by the rule. */
  readonly excluded?: Exclusion;
}

/** The rule: first whoever may be chosen, then most points, then most free places. The order is total, so that it can be explained. */
export function ranked(offerings: readonly Offering[], wanting: Wanting, rule: Rule): Candidate[] {
  return offerings
    .map((offering) => candidateOf(offering, wanting, rule))
    .sort(
      (one, other) =>
        Number(one.excluded !== undefined) - Number(other.excluded !== undefined) ||
        other.points - one.points ||
        other.free - one.free ||
        (one.providerId < other.providerId ? -1 : 1),
    );
}

/** The head of a ranking, when there is anybody to choose. */
export const chosenOf = ([first]: readonly Candidate[]): Candidate | undefined =>
  first?.excluded === undefined ? first : undefined;

function candidateOf(
  offering: Offering,
  { wishedProviderId, home }: Wanting,
  { weights, distanceBands }: Rule,
): Candidate {
  const { providerId, places, free, hasServed } = offering;
  const band = bandOf(home, offering.points, distanceBands);
  const because: Points = {
    wish: providerId === wishedProviderId ? weights.wish : 0,
    continuity: hasServed ? weights.continuity : 0,
    freePlaces: Math.floor((weights.freePlaces * free) / places),
    distance: band?.points ?? 0,
  };
  const excluded = exclusionOf(offering);
  const points = because.wish + because.continuity + because.freePlaces + because.distance;
  return {
    providerId,
    points,
    because,
    ...(band && { fromKm: band.fromKm }),
    places,
    free,
    ...(excluded && { excluded }),
  };
}

function exclusionOf({ refusal, free }: Offering): Exclusion | undefined {
  if (refusal === 'DECLINED') return 'DECLINED';
  if (refusal === 'LAPSED') return 'NO_ANSWER';
  return free === 0 ? 'NO_FREE_PLACE' : undefined;
}
