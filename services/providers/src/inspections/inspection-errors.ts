import { DomainError, type Fault } from '@okienko/contracts/domain-error';

const basis = 'art. 13(1)(7), 27(1)(4)';

export class ScopeUnclear extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'scope-unclear';
  constructor() {
    super('An inspection is of an agreement with all its services, or of services. Name one of the two.');
  }
}

export class PlannedInPast extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'planned-in-past';
  constructor() {
    super('An inspection is planned for today or later.');
  }
}

export class CarriedOutInFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'carried-out-in-future';
  constructor() {
    super('An inspection is recorded once it has taken place, not before.');
  }
}

export class ResultsIncomplete extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'results-incomplete';
  override readonly basis = basis;
  constructor(override readonly errors: readonly Fault[]) {
    super('Each criterion of the checklist of that day has one result. Correct what is named below.');
  }
}

export class NothingFoundThere extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'nothing-found-there';
  override readonly basis = basis;
  constructor(override readonly errors: readonly Fault[]) {
    super('A finding is of a criterion that the inspection found not met. Correct what is named below.');
  }
}

export class TermPast extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'term-past';
  constructor() {
    super('The last day for something that is asked lies in the past. Name today or a later day.');
  }
}
