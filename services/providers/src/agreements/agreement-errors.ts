import { DomainError, type Fault } from '@okienko/contracts/domain-error';

export class NotCovered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'not-covered';
  override readonly basis = 'art. 7(2)';
  constructor() {
    super(
      'No agreement in force with this provider covers the service in this unit for the whole period. Sign or amend one, or refer the service to another provider.',
    );
  }
}

export class CeilingExhausted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ceiling-exhausted';
  constructor(left: string) {
    super(
      `Of what the agreement allows ${left} is left. Amend the agreement, or refer the service to another provider.`,
    );
  }
}

export class CeilingTooLow extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ceiling-too-low';
  constructor() {
    super(
      'What is ordered, with the flat sums of all months, comes to more than a ceiling. Raise the ceiling, or end orders first.',
    );
  }
}

export class AgreementOverlaps extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'agreement-overlaps';
  constructor() {
    super(
      'Another agreement with this provider covers one of the services in this period. End or amend that one first.',
    );
  }
}

export class OfferUnknown extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'offer-unknown';
  constructor(override readonly errors: readonly Fault[]) {
    super('Only services of the catalogue can be named. See `errors` for those that are not there.');
  }
}

/** A rule on how a provider is chosen. */
export class SelectionNotAllowed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'selection-not-allowed';
  constructor(
    message: string,
    override readonly basis: string,
  ) {
    super(message);
  }
}

export class AgreementIncomplete extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'agreement-incomplete';
  override readonly basis = 'art. 7(2)';
  constructor(override readonly errors: readonly Fault[]) {
    super('The agreement lacks something, or says what cannot be. See `errors`.');
  }
}

export function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new AgreementIncomplete(faults);
}

export class MonthSettled extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'month-settled';
  constructor(until: string) {
    super(`The agreement is settled until ${until}. An amendment counts from a later day.`);
  }
}
