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
    super(`The service needs the qualification ${qualification}, and none is recorded. Record it, or send somebody else.`);
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
