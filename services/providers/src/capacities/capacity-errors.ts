import { DomainError, type Fault } from '@okienko/contracts/domain-error';

export class CapacityExhausted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'capacity-exhausted';
  constructor() {
    super(
      'On at least one day of the period every place of this capacity is taken. Decline the order, or wait until a place is free again.',
    );
  }
}

export class HeadsExhausted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'heads-exhausted';
  constructor(heads: number) {
    super(
      `The capacity is for ${heads} persons over its whole period, and so many have been counted. Open another one.`,
    );
  }
}

export class QuotaExceeded extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'quota-exceeded';
  constructor(limit: number, unit: string, each: string, per: string) {
    super(
      `The capacity lets ${limit} ${unit} a ${each.toLowerCase()} through for each ${per.toLowerCase()}; what is promised and this together is more. Ask for less, or for a longer period.`,
    );
  }
}

export class NotOpenThen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'not-open-then';
  constructor() {
    super('The provider is closed on every day of this period. Choose days on which it is open.');
  }
}

export class NoCapacityOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'no-capacity-open';
  constructor() {
    super(
      'No open capacity of this provider covers the whole period. Open one first, choose other days, or decline the order.',
    );
  }
}

export class HoldExpired extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'hold-expired';
  constructor() {
    super(
      'There is no such hold here: it has expired, was given back, or never was. Its place may be taken by now. Hold a place anew.',
    );
  }
}

export class CapacityOverlaps extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'capacity-overlaps';
  constructor() {
    super(
      'The provider has a capacity for this offer, at the same place, that overlaps this period. Choose a period beside it.',
    );
  }
}

export class CapacityInUse extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'capacity-in-use';
  constructor(what: string) {
    super(`${what} Keep at least that, or wait until it is given back.`);
  }
}

export class OfferNotPublished extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'offer-not-published';
  override readonly basis = 'art. 13(1)(9)';
  constructor() {
    super('Places can be opened for a published service offer only. Publish the offer first.');
  }
}

export class PeriodReversed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'period-reversed';
  override readonly basis = 'art. 39(2)';
  constructor() {
    super('The period ends before it begins.');
  }
}

export class OpeningHoursWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'opening-hours-wrong';
  override readonly basis = 'art. 39(2)';
  constructor(override readonly errors: readonly Fault[]) {
    super('Opening times begin before they end, do not overlap within a day, and each exception has a day of its own.');
  }
}
