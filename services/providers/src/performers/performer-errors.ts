import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import type { PerformerCondition } from './performer-terms';

export class PerformerUnknown extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'performer-unknown';
  override readonly basis = 'art. 2(3)';
  constructor(on: Day) {
    super(`The provider has nobody with this id who performs services for it on ${on}. Register the performer first.`);
  }
}

export class QualificationMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'qualification-missing';
  override readonly basis = 'art. 2(3)';
  constructor(qualification: string) {
    super(
      `The service needs the qualification ${qualification}, and none is recorded. Record it, or send somebody else.`,
    );
  }
}

export class QualificationExpired extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'qualification-expired';
  override readonly basis = 'art. 2(3)';
  constructor(qualification: string, on: Day) {
    super(`The qualification ${qualification} does not hold on ${on}. Record its renewal, or send somebody else.`);
  }
}

export class PerformerConditionsUnmet extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'performer-conditions-unmet';
  override readonly basis: string;
  constructor(unmet: readonly [PerformerCondition, ...PerformerCondition[]], on: Day) {
    super(`On ${on} these conditions are not met: ${unmet.map(({ code }) => code).join(', ')}. Record that they are.`);
    this.basis = unmet[0].basis;
  }
}

export class ValidityReversed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'validity-reversed';
  constructor() {
    super('What ends before it begins holds on no day. Give a last day that is not before the first.');
  }
}

export class LeftBeforeItBegan extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'left-before-beginning';
  constructor() {
    super('Nobody leaves before their first day.');
  }
}

export class ConditionNotAsked extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'condition-not-asked';
  constructor(condition: string, kind: string) {
    super(`The law does not ask ${condition} of a performer of the kind ${kind}.`);
  }
}

export class ConditionOfAllocation extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'condition-of-allocation';
  override readonly basis = 'Social Assistance Act, art. 50(3a)';
  constructor(condition: string, missing: boolean) {
    super(
      missing
        ? `${condition} concerns one recipient. Say for which allocation it is met.`
        : `${condition} is met for every recipient. Record it without an allocation.`,
    );
  }
}

export class RequirementOverlaps extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'requirement-overlaps';
  constructor() {
    super('The service needs this qualification in that period already.');
  }
}
