import { DomainError } from '@okienko/contracts/domain-error';

export class MonthNotCovered extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'month-not-covered';
  constructor() {
    super('The agreement has no day in this month, or was not in force then. Name a month of the agreement.');
  }
}

export class MonthNotOver extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'month-not-over';
  constructor() {
    super('The month is not over yet. A settlement is made once it has begun, and handed in after its last day.');
  }
}

export class SettlementExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'settlement-exists';
  constructor() {
    super('This month of the agreement has a settlement already. Compute that one again, or wait for the next month.');
  }
}

export class EarlierMonthOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'earlier-month-open';
  constructor() {
    super(
      'An earlier month of the agreement is not handed in yet. Hand that one in first, then compute this one again.',
    );
  }
}

export class LaterMonthSubmitted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'later-month-submitted';
  constructor() {
    super('A later month of the agreement has been handed in, and it rests on this one. Return the later one first.');
  }
}

export class SettlementOutdated extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'settlement-outdated';
  constructor() {
    super(
      'Deliveries or prices have changed since it was computed. Compute it again, look at it, and hand it in then.',
    );
  }
}

export class PriceMissing extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'price-missing';
  constructor() {
    super(
      'Lines with the rule NO_PRICE have no price in the agreement. Set it there, and compute the settlement again.',
    );
  }
}

export class DocumentDiffers extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'document-differs';
  constructor(grosze: number) {
    super(
      `The document must be of the amount of the settlement: ${grosze} grosze. Make them equal, or dispute the lines.`,
    );
  }
}

export class DocumentKindWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'document-kind-wrong';
  constructor() {
    super('Costs under a grant are handed in with a grant report.');
  }
}

export class NotAGrant extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'not-a-grant';
  constructor() {
    super('Costs are stated only for a service that the agreement pays by a grant, and for a day of its settlement.');
  }
}

export class OwnCheck extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-check';
  constructor() {
    super('Who has checked a settlement does not approve it. Ask another person of the centre.');
  }
}

export class PaidInFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'paid-in-future';
  constructor() {
    super('The day of payment is still to come. Record the payment when it has been made.');
  }
}

export class AmountTooLarge extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'amount-too-large';
  constructor() {
    super('The amount is larger than can be settled. Check the prices of the agreement and the quantities delivered.');
  }
}
