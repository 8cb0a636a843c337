import { DomainError, type Fault } from '@okienko/contracts/domain-error';

export class FeeUnknown extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'fee-unknown';
  override readonly basis = 'programme, fee and reliefs (art. 5(3)(7), 36)';
  constructor(override readonly errors: readonly Fault[]) {
    super('The fee depends on what has not been told yet. Add to the application what is named below.');
  }
}

export class FeeIsByRule extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'fee-by-rule';
  override readonly basis = 'programme, fee and reliefs (art. 5(3)(7))';
  constructor() {
    super('The programme sets this fee by a rule that can be computed. Leave `stated` out.');
  }
}

export class ReliefNotInProgramme extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'relief-not-in-programme';
  override readonly basis = 'programme, fee and reliefs (art. 5(3)(7))';
  constructor(code: string) {
    super(`The programme leaves no relief ${code} to the centre’s discretion for that reason. Take one that it names.`);
  }
}

export class ReliefNotYours extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'relief-not-yours';
  constructor() {
    super('A relief at discretion is granted by the director or the services organiser. Ask one of them.');
  }
}

export class FeeUnitDiffers extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'fee-unit-differs';
  constructor(fee: string, delivered: string) {
    super(
      `The fee is for each ${fee}, but the service is delivered by ${delivered}. Correct the programme or the offer.`,
    );
  }
}

export class FeeExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'fee-exists';
  constructor() {
    super('The fee of this item has been assessed. Revise it instead.');
  }
}

export class FeePeriodWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'fee-period-wrong';
  constructor(longestMonths: number) {
    super(`A fee is assessed from a day to the same or a later one, for ${longestMonths} months at the most.`);
  }
}

export class OutsideFeePeriod extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'outside-fee-period';
  override readonly basis = 'art. 44(1)';
  constructor() {
    super(
      'The day lies outside the period of the fee. What was due for the time of the right to the service stays due.',
    );
  }
}

export class FeeKindDiffers extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'fee-kind-differs';
  constructor(per: string) {
    super(`This fee is for ${per}, and a revision cannot change what it is for. End it.`);
  }
}

export class AccountMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'account-missing';
  override readonly basis = 'art. 43(1)';
  constructor() {
    super('No account of the centre is known to pay to. Send `virtualAccount`, or have FEE_ACCOUNT configured.');
  }
}

export class AccountInvalid extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'account-invalid';
  constructor() {
    super('The account number (NRB) does not agree with its check digits. Read it again.');
  }
}

export class AccountTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'virtual-account-taken';
  constructor() {
    super('This virtual account belongs to another fee. Give each fee one of its own.');
  }
}

export class NothingOverdue extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'nothing-overdue';
  override readonly basis = 'art. 43(2)';
  constructor() {
    super('Only an instalment that is overdue and not decided on yet is decided on.');
  }
}

export class DecisionNotFinal extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'decision-not-final';
  override readonly basis = 'art. 43(3), KPA art. 130';
  constructor() {
    super(
      'Enforcement starts after the term for an appeal has passed, or after the ruling on one, and not later than today. Record the delivery first.',
    );
  }
}

export class SurplusTooSmall extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'surplus-too-small';
  override readonly basis = 'Civil Code, art. 405, 410';
  constructor(surplus: number) {
    super(`Only what no charge needs is given back: ${surplus} grosze at present.`);
  }
}

export class NotResigned extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'not-resigned';
  override readonly basis = 'art. 44(2)';
  constructor() {
    super('A fee is waived only where the person has resigned from the service.');
  }
}

export class NothingToWaive extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'nothing-to-waive';
  override readonly basis = 'art. 44(2)';
  constructor() {
    super('Of these instalments nothing is open, or a decision has been issued on it.');
  }
}
