import type { Evaluation } from '@okienko/contracts/criteria/evaluate';
import type { Outcome } from '@okienko/contracts/criteria/outcome';
import { DomainError, type Fault } from '@okienko/contracts/domain-error';

const basis = 'programme, conditions of qualification (art. 5(3)(6))';

export class CriteriaUnmet extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'criteria-unmet';
  override readonly basis = basis;
  constructor(override readonly errors: readonly Fault[]) {
    super('The conditions named below are not met. Refuse the service by a decision, or correct the facts.');
  }
}

export class FactsMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'facts-missing';
  override readonly basis = basis;
  constructor(override readonly errors: readonly Fault[]) {
    super('Something that would decide has not been told. Ask for what is named below; nobody is refused for it.');
  }
}

/** Names conditions only, in the words of the programme: what was found of the person is for the trial to tell. */
export function assertMet({ outcome, requirements }: Evaluation): void {
  if (outcome === 'MET') return;
  const faults = requirements.flatMap((requirement, index) =>
    requirement.outcome === outcome ? [{ pointer: `/criteria/${index}`, detail: saysOf(requirement, outcome) }] : [],
  );
  throw outcome === 'UNMET' ? new CriteriaUnmet(faults) : new FactsMissing(faults);
}

/** Nobody waits for what they would be refused. What is not known yet may be told while they wait. */
export function assertNotUnmet(evaluation: Evaluation): void {
  if (evaluation.outcome === 'UNMET') assertMet(evaluation);
}

/** Each alternative by those of its conditions that leave it without a yes. */
const saysOf = ({ anyOf }: Evaluation['requirements'][number], outcome: Outcome): string =>
  anyOf
    .filter((alternative) => alternative.outcome === outcome)
    .map(({ allOf }) =>
      allOf
        .filter((condition) => condition.outcome === outcome)
        .map(({ says }) => says)
        .join(' i '),
    )
    .join(' lub ');
