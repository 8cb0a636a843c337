import { kindOf, type NameOf, saysOf } from './conditions';
import type { Condition, Criteria } from './criteria';
import type { Facts } from './facts';
import { allMet, anyMet, type Outcome } from './outcome';

/** One condition, what it says and what was found, in plain Polish. */
export interface ConditionResult {
  readonly kind: Condition['kind'];
  readonly outcome: Outcome;
  readonly says: string;
  readonly finding: string;
}

export interface AlternativeResult {
  readonly outcome: Outcome;
  readonly allOf: readonly ConditionResult[];
}

export interface RequirementResult {
  readonly outcome: Outcome;
  readonly anyOf: readonly AlternativeResult[];
}

export interface Evaluation {
  readonly outcome: Outcome;
  readonly requirements: readonly RequirementResult[];
}

/**
 * Compares what is known with the conditions of a service, one by one. UNKNOWN means that something is still to be asked for: it is never
 * a reason to refuse. Takes time proportional to the conditions and the size of the household.
 */
export function evaluate(criteria: Criteria, facts: Facts, name: NameOf = String): Evaluation {
  const requirements = criteria.map(({ anyOf }): RequirementResult => {
    const alternatives = anyOf.map(({ allOf }): AlternativeResult => {
      const results = allOf.map((condition) => ({
        kind: condition.kind,
        says: saysOf(condition, name),
        ...kindOf(condition.kind).find(condition, facts, name),
      }));
      return { outcome: allMet(results), allOf: results };
    });
    return { outcome: anyMet(alternatives), anyOf: alternatives };
  });
  return { outcome: allMet(requirements), requirements };
}
