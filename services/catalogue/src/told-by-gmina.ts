import { DomainError } from '@okienko/contracts/domain-error';

/** By which article a joint centre says a thing of each of its gminas: a community plan, a diagnosis. */
export type Basis = 'art. 20 ust. 4' | 'art. 21 ust. 4';

interface OfGmina {
  readonly terc: string;
}

export class UnknownGmina extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'unknown-gmina';
  constructor(
    terc: string,
    override readonly basis: Basis,
  ) {
    super(`${terc} is none of the gminas that this is about. Add it to them, or leave out what is said of it.`);
  }
}

export function assertOwnGminas(gminas: readonly string[], parts: readonly OfGmina[], basis: Basis): void {
  for (const { terc } of parts) if (!gminas.includes(terc)) throw new UnknownGmina(terc, basis);
}

/** The first gmina of which nothing is said. */
export const passedOver = (gminas: readonly string[], parts: readonly OfGmina[]): string | undefined =>
  gminas.find((gmina) => !parts.some(({ terc }) => terc === gmina));
