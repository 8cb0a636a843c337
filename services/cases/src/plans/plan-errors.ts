import { DomainError, type Fault } from '@okienko/contracts/domain-error';

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
  constructor(says = 'The period ends before it begins. Correct one of its days.') {
    super(says);
  }
}

export class DayInTheFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'day-in-the-future';
  constructor() {
    super('What is recorded has happened: its day cannot be later than today.');
  }
}

export class BeforeThePlan extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'before-the-plan';
  constructor() {
    super('The plan was not drafted yet on that day. Look at the day of the contact.');
  }
}

export class AnotherApplication extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'another-application';
  constructor() {
    super('A plan stays with the application that it was drafted for.');
  }
}

export class NotTheCoordinator extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'not-the-coordinator';
  override readonly basis = 'art. 45(1)';
  constructor() {
    super('Only the coordinator of this plan does that. The organiser or the director can name another coordinator.');
  }
}

export class OwnPlan extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-plan';
  override readonly basis = 'art. 41(1)';
  constructor() {
    super('Nobody approves a plan they drafted or coordinate. Ask another authorised person.');
  }
}

export class PlanIncomplete extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'plan-incomplete';
  override readonly basis = 'art. 39(2)';
  override readonly errors: readonly Fault[];
  constructor(pointers: readonly string[]) {
    super('A plan says when and where each of its services is provided. Add what is missing to the draft.');
    this.errors = pointers.map((pointer) => ({ pointer, detail: 'is missing, in words and in codes' }));
  }
}

export class UpdateOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'update-open';
  override readonly basis = 'art. 41(2)';
  constructor() {
    super('An update of this plan is being drafted already. Finish or abandon that one.');
  }
}

export class StartIsFixed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'plan-start-fixed';
  override readonly basis = 'art. 40';
  constructor() {
    super('An update keeps the first day of the plan, because the year is counted from it.');
  }
}

export class SameCoordinator extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'same-coordinator';
  constructor() {
    super('This account coordinates the plan already.');
  }
}

export class PlanOver extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'plan-over';
  constructor() {
    super(
      'The last day of this update has passed, so nothing could be provided under it. Return it and have it moved.',
    );
  }
}
