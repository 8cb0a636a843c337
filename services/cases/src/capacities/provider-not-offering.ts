import { DomainError } from '@okienko/contracts/domain-error';

export class ProviderNotOffering extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'provider-not-offering';
  override readonly basis = 'art. 39(2)';
  constructor() {
    super(
      'A provider named here is not known to have places for the service. Choose one that has, or let it open its places first.',
    );
  }
}
