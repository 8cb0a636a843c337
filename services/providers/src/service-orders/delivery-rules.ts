import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

/** The plan lays down what is delivered, when and how much (art. 39(2)); the order carries it to the provider. */
abstract class DeliveryRuleBroken extends DomainError {
  readonly kind = 'rule-broken';
  override readonly basis = 'art. 39(2)';
}

export class DeliveredInFuture extends DeliveryRuleBroken {
  readonly code = 'delivered-in-future';
  constructor() {
    super('A delivery can be recorded once it has happened, not before.');
  }
}

export class DeliveredOutsidePeriod extends DeliveryRuleBroken {
  readonly code = 'delivered-outside-period';
  constructor(from: Day, to: Day) {
    super(`The order runs from ${from} to ${to}; a delivery on another day is not part of it.`);
  }
}

export class DeliveredInPause extends DeliveryRuleBroken {
  readonly code = 'delivered-in-pause';
  constructor(from: Day) {
    super(
      `The service pauses since ${from}. What was delivered before can be recorded; the centre says when it goes on.`,
    );
  }
}

export class MoreThanOrdered extends DeliveryRuleBroken {
  readonly code = 'more-than-ordered';
  constructor(left: number) {
    super(
      `Of the ordered quantity ${left} is left to record. More needs an update of the plan, or a permit of the centre for this order.`,
    );
  }
}
