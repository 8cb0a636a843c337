import { DomainError } from '@okienko/contracts/domain-error';

abstract class ClosingRuleBroken extends DomainError {
  readonly kind = 'rule-broken';
  override readonly basis: string = 'art. 6 ust. 2';
}

export class IndicatorsUnanswered extends ClosingRuleBroken {
  readonly code = 'indicators-unanswered';
  constructor(indicators: number) {
    super(`The programme names ${indicators} indicators. Give one result for each, in its order.`);
  }
}

export class ContractorUnnamed extends ClosingRuleBroken {
  readonly code = 'contractor-unnamed';
  constructor(providerIds: readonly string[]) {
    super(`The list of contractors needs the names of ${providerIds.slice(0, 5).join(', ')}.`);
  }
}

export class ContractorNotToName extends ClosingRuleBroken {
  readonly code = 'contractor-not-to-name';
  constructor(providerId: string) {
    super(
      `${providerId} is a natural person, is named twice, or performed no service here. Name only the other contractors of the preview.`,
    );
  }
}
