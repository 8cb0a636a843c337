import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

export class ProviderJustDeclined extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'provider-just-declined';
  constructor() {
    super('This provider has just declined, or has not answered in time. Refer the allocation to another.');
  }
}

export class PlanNotInForce extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'plan-not-in-force';
  constructor() {
    super('The plan has ended, so its services are not referred any more.');
  }
}

export class NoLongerGranted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'no-longer-granted';
  constructor() {
    super('The person is no longer qualified for this service, so it is not referred any more.');
  }
}

export class AnswerTermRuns extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'answer-term-runs';
  constructor(answerBy: Day) {
    super(`The provider has until ${answerBy} to answer. A referral lapses after that day.`);
  }
}

export class NoCandidate extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'no-candidate';
  constructor() {
    super(
      'No provider of this service has a free place that has not been asked already. Refer by hand, or wait until places are open.',
    );
  }
}

export class DecisionNumberMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'decision-number-missing';
  override readonly basis = 'art. 42(3), 48';
  constructor() {
    super('A granted service is taken away against the will of the person by a decision only. Give its number.');
  }
}

export class PastTheGrant extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'past-the-grant';
  override readonly basis = 'art. 42(1)';
  constructor(grantedUntil: Day) {
    super(`The service is granted until ${grantedUntil}. Let it end on that day or before it.`);
  }
}

export class MoreThanGranted extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'more-than-granted';
  override readonly basis = 'art. 42(1)';
  constructor(left: number) {
    super(`Of what was granted ${left} units are left. Allocate no more, or qualify the person for more first.`);
  }
}
