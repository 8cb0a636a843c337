import { DomainError } from '@okienko/contracts/domain-error';

export class RecognitionMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'needs-recognition-missing';
  override readonly basis = 'art. 38(1)';
  constructor() {
    super('A plan is drafted on the basis of the needs recognition. Record it first.');
  }
}

export class ItemNotQualified extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'item-not-qualified';
  override readonly basis = 'art. 39(1)';
  constructor() {
    super('Every service of a plan must be one that this application has been qualified for.');
  }
}

export class UnitDiffers extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'unit-differs';
  constructor() {
    super('Plan each service in the unit that its offer is counted in.');
  }
}

export class PlanTooLong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'plan-too-long';
  override readonly basis = 'art. 40';
  constructor() {
    super('A plan lasts one year at the most. Shorten it; it can be followed by another.');
  }
}

export class PeriodReversed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'period-reversed';
  constructor() {
    super('A plan cannot end before it begins.');
  }
}

export class DayInTheFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'day-in-the-future';
  constructor() {
    super('What is recorded has happened: its day cannot be later than today.');
  }
}

export class AnotherApplication extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'another-application';
  constructor() {
    super('A plan stays with the application that it was drafted for.');
  }
}

export class NotTheDrafter extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'not-the-drafter';
  constructor() {
    super('Only the coordinator who drafted the plan revises it.');
  }
}

export class OwnPlan extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-plan';
  override readonly basis = 'art. 41(1)';
  constructor() {
    super('Nobody approves a plan they drafted. Ask another authorised person.');
  }
}
