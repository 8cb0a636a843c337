import { DomainError } from '@okienko/contracts/domain-error';
import { parsePesel } from '@okienko/identifiers/pesel';

export class PeselInvalid extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'pesel-invalid';
  override readonly basis = 'Population Records Act, art. 15';
  constructor() {
    super('This is not a PESEL: its check digit or its date is wrong. Compare it with the document.');
  }
}

/** As it is given: a PESEL, or another identifier with its country for those who have none (KRI 2024 § 10). */
export type GivenIdentifier =
  | { readonly kind: 'PESEL'; readonly value: string }
  | { readonly kind: 'OTHER'; readonly value: string; readonly country: string };

export interface Identifier {
  readonly given: GivenIdentifier;
  /** What equal identifiers have in common; goes into the blind index. */
  readonly normalised: string;
  readonly birthDate?: string;
}

export function identifierOf(given: GivenIdentifier): Identifier {
  if (given.kind === 'OTHER') {
    const value = given.value.replaceAll(/[\s-]/g, '').toUpperCase();
    return { given, normalised: `OTHER ${given.country} ${value}` };
  }
  const pesel = parsePesel(given.value);
  if (!pesel) throw new PeselInvalid();
  return { given, normalised: `PESEL ${given.value}`, birthDate: pesel.birthDate };
}
