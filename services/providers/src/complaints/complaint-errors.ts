import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

export class ReceivedInFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'received-in-future';
  constructor() {
    super('A complaint is recorded once it has come, not before.');
  }
}

export class AnonymousHasNoPerson extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'anonymous-has-no-person';
  constructor() {
    super(
      'Who complains without a name is nobody known. Leave out the person, or say that the complaint is not anonymous.',
    );
  }
}

export class OrderOfAnother extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'order-of-another';
  constructor() {
    super('The provider has no such order, or the order is for another service. Correct the order, or leave it out.');
  }
}

export class TermNotLater extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'term-not-later';
  override readonly basis = 'KPA art. 36, 237 § 4';
  constructor(dueOn: Day) {
    super(`The answer is due on ${dueOn}. Another term is later than that, and still to come.`);
  }
}

export class PositionAsked extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'position-asked';
  constructor() {
    super('The provider has been asked already what it says to this complaint.');
  }
}

export class PositionGiven extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'position-given';
  constructor() {
    super('The provider has said already what it says to this complaint.');
  }
}

export class OwnExamination extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-examination';
  constructor() {
    super('Whoever has examined a complaint does not answer it. Somebody else has to.');
  }
}
