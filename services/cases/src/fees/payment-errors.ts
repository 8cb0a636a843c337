import { DomainError, type Fault } from '@okienko/contracts/domain-error';

export class PaymentCounted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'payment-counted';
  constructor() {
    super('A payment of this document, day and amount has been counted already.');
  }
}

export class BookedInTheFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'booked-in-the-future';
  override readonly errors: readonly Fault[];
  constructor(...pointers: string[]) {
    super('A payment that is booked later than today has not been made. Nothing was counted.');
    this.errors = pointers.slice(0, 100).map((pointer) => ({ pointer, detail: 'is later than today' }));
  }
}
