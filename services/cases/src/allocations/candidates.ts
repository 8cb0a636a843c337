import type { RuleWeights } from '../terms/referral-terms';

/** A provider with places for the service over the whole period. */
export interface Offering {
  readonly providerId: string;
  readonly places: number;
  /** Places that are free when every referral that awaits an answer is accepted. */
  readonly free: number;
  /** It has served this person before. */
  readonly hasServed: boolean;
  /** What it said to this very allocation. */
  readonly refusal: 'DECLINED' | 'LAPSED' | null;
}

export const exclusions = ['DECLINED', 'NO_ANSWER', 'NO_FREE_PLACE'] as const;
export type Exclusion = (typeof exclusions)[number];

export interface Candidate {
  readonly providerId: string;
  readonly points: number;
  /** Where the points come from. */
  readonly because: RuleWeights;
  readonly places: number;
  readonly free: number;
  /** Why it cannot be chosen by the rule. */
  readonly excluded?: Exclusion;
}

/** The rule: first whoever may be chosen, then most points, then most free places. The order is total, so that it can be explained. */
export function ranked(
  offerings: readonly Offering[],
  wishedProviderId: string | null,
  weights: RuleWeights,
): Candidate[] {
  return offerings
    .map((offering) => candidateOf(offering, wishedProviderId, weights))
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

function candidateOf(offering: Offering, wishedProviderId: string | null, weights: RuleWeights): Candidate {
  const { providerId, places, free, hasServed } = offering;
  const because: RuleWeights = {
    wish: providerId === wishedProviderId ? weights.wish : 0,
    continuity: hasServed ? weights.continuity : 0,
    freePlaces: Math.floor((weights.freePlaces * free) / places),
  };
  const excluded = exclusionOf(offering);
  const points = because.wish + because.continuity + because.freePlaces;
  return { providerId, points, because, places, free, ...(excluded === undefined ? {} : { excluded }) };
}

function exclusionOf({ refusal, free }: Offering): Exclusion | undefined {
  if (refusal === 'DECLINED') return 'DECLINED';
  if (refusal === 'LAPSED') return 'NO_ANSWER';
  return free === 0 ? 'NO_FREE_PLACE' : undefined;
}
