import { DomainError } from '@okienko/contracts/domain-error';

export class PaymentCounted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'payment-counted';
  constructor() {
    super('A payment of this document, day and amount has been counted already.');
  }
}
