import { DomainError } from '@okienko/contracts/domain-error';
import type { Quota } from '../capacities/quotas';

export class DeliveryIdTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'delivery-id-taken';
  constructor() {
    super('A delivery with this id and other content is recorded already. Make a fresh id for another delivery.');
  }
}

export class QuotaUsedUp extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'quota-used-up';
  override readonly basis = 'art. 39(2)';
  constructor({ limit, unit, each, per }: Quota, left: number) {
    super(
      `Of the quota of ${limit} ${unit} a ${each.toLowerCase()} for each ${per.toLowerCase()}, ${left} is left. Record no more than that, or ask the centre for a permit that covers the quota.`,
    );
  }
}

export class DeskConfirmsForRecipient extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'desk-confirms-for-recipient';
  constructor() {
    super('The desk passes on what the recipient confirms: send confirmedBy RECIPIENT_AT_DESK.');
  }
}

export class DeliveredTimesWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'delivered-times-wrong';
  override readonly basis = 'art. 39(2)';
  constructor() {
    super(
      'Send both startedAt and endedAt, or neither. It starts on the day of the delivery (Europe/Warsaw), ends after that, and within 24 hours.',
    );
  }
}

export class AbsenceCauseMismatch extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'absence-cause-mismatch';
  override readonly basis = 'art. 39(2)';
  constructor() {
    super('A visit that was missed or cancelled has an absenceCause, and one that took place has none.');
  }
}

export class PerformerElsewhere extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'performer-elsewhere';
  constructor() {
    super('At that time the performer was with somebody else. Correct the times, or name who came.');
  }
}

export class DeliverySettled extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'delivery-settled';
  constructor() {
    super(
      'The delivery has been settled with the provider. What is wrong with it is put right in the next settlement.',
    );
  }
}
