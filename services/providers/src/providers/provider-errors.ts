import type { Day } from '@okienko/contracts/calendar';
import { DomainError, type Fault } from '@okienko/contracts/domain-error';

export class AlreadyRegistered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'provider-already-registered';
  override readonly errors: readonly Fault[];
  constructor(identifiers: readonly string[]) {
    super(`A provider with this ${identifiers.join(', ').toUpperCase()} is registered already. Use that one.`);
    this.errors = identifiers.map((name) => ({
      pointer: `/${name}`,
      detail: 'belongs to a provider that is registered already',
    }));
  }
}

export class EntryFaulty extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'entry-faulty';
  override readonly basis = 'art. 7(2), 13(1)(9)';
  constructor(override readonly errors: readonly Fault[]) {
    super('Nothing was written. Correct what is named below and send the whole entry again.');
  }
}

export class ProviderDeactivated extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'provider-deactivated';
  constructor() {
    super('The provider was deactivated. Reactivate it first, or use another.');
  }
}

abstract class NotVerifiable extends DomainError {
  readonly kind = 'rule-broken';
  override readonly basis: string = 'art. 2(3), 7(2)';
}

export class RpwdlMissing extends NotVerifiable {
  readonly code = 'rpwdl-missing';
  override readonly basis = 'Act on Medical Activity, art. 100, 103';
  constructor() {
    super('A medical entity may work once it is in the RPWDL register. Add the number of its book to the entry first.');
  }
}

export class PermitExpired extends NotVerifiable {
  readonly code = 'permit-expired';
  constructor(permit: string, to: Day) {
    super(`The permit ${permit} held until ${to}. Correct the entry with its renewal, or without it.`);
  }
}

export class VerificationOver extends NotVerifiable {
  readonly code = 'verification-over';
  constructor() {
    super('A verification cannot end before the day on which it is made.');
  }
}
