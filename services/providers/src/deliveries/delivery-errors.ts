import { DomainError } from '@okienko/contracts/domain-error';

export class DeliveryIdTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'delivery-id-taken';
  constructor() {
    super('A delivery with this id and other content is recorded already. Make a fresh id for another delivery.');
  }
}

export class ProviderCannotAcceptDelivery extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'provider-cannot-accept-delivery';
  constructor() {
    super('The centre accepts deliveries; a provider account never does, whatever other role it holds.');
  }
}

export class ProviderCannotPermitExcess extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'provider-cannot-permit-excess';
  constructor() {
    super('The centre permits more than was ordered; a provider account never does, whatever other role it holds.');
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
