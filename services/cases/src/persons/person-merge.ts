import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import type { GivenIdentifier } from './identifier';

/** What shows that two records are of one person. */
export const mergeEvidence = ['IDENTITY_DOCUMENT', 'POPULATION_REGISTER', 'OWN_STATEMENT', 'OTHER_OFFICE'] as const;
export type MergeEvidence = (typeof mergeEvidence)[number];

export class SameRecord extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'same-record';
  constructor() {
    super('A record cannot be merged with itself. Name the other one as the duplicate.');
  }
}

export class TwoPesels extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'two-pesels';
  override readonly basis = 'Population Records Act, art. 15';
  constructor() {
    super(
      'The records have two different PESELs, so they are of two people. If one of them is wrong, correct it first.',
    );
  }
}

export class CannotMerge extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'cannot-merge';
}

/** What stands between two records and one, as the rows tell it. */
export interface MergeObstacles {
  readonly deathDiffers: boolean;
  readonly duplicateHasDuplicates: boolean;
  readonly bothHoldAPlace: boolean;
  readonly bothInHouseholds: boolean;
}

const remedies: Readonly<Record<keyof MergeObstacles, string>> = {
  deathDiffers: 'Only one of the two is recorded as dead. Record or correct the death first.',
  duplicateHasDuplicates: 'Others have been merged into the duplicate. Merge the other way round.',
  bothHoldAPlace: 'Both hold a place of the same service. Withdraw one of them, or end the plan that uses it, first.',
  bothInHouseholds: 'The two are members of two households. Record first that one of them has left.',
};

/** Merges go one step: a record that has taken others in is merged into nothing, so there are neither chains nor circles. */
export function assertMayMerge(
  obstacles: MergeObstacles,
  survivor: GivenIdentifier | undefined,
  duplicate: GivenIdentifier | undefined,
): void {
  if (survivor?.kind === 'PESEL' && duplicate?.kind === 'PESEL') throw new TwoPesels();
  const obstacle = (Object.keys(remedies) as (keyof MergeObstacles)[]).find((name) => obstacles[name]);
  if (obstacle) throw new CannotMerge(remedies[obstacle]);
}

export class FiledSince extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'filed-since';
  constructor() {
    super('An application has been filed since the merge, and it is not known for which of the two. The merge stays.');
  }
}

/** Whose the matters are is certain only while nothing was filed for both as one. */
export function assertMayReverse(
  merge: { readonly applications: number } | undefined,
  now: { readonly applications: number },
): asserts merge {
  if (!merge) throw new NotInState('record', 'separated', 'NOT MERGED INTO THIS ONE');
  if (now.applications !== merge.applications) throw new FiledSince();
}
