import type { Day } from '@okienko/contracts/calendar';
import { authorisationGrantedV1 } from '@okienko/contracts/cases/authorisation-granted.v1';
import { authorisationRevokedV1 } from '@okienko/contracts/cases/authorisation-revoked.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';

/** What somebody is authorised to: approving plans (art. 41(1)), issuing decisions (art. 26). */
export const authorisationScopes = ['APPROVE_PLANS', 'ISSUE_DECISIONS'] as const;
export type AuthorisationScope = (typeof authorisationScopes)[number];

export class OwnAuthorisation extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-authorisation';
  override readonly basis = 'art. 26';
  constructor() {
    super('Nobody records an authorisation for themselves. Ask another director or operator.');
  }
}

export class NotYourAuthorisation extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'not-your-authorisation';
  override readonly basis = 'art. 26';
  constructor() {
    super('The authorisation was granted to somebody else. Act under your own.');
  }
}

export class AuthorisationDoesNotCover extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'authorisation-does-not-cover';
  override readonly basis = 'art. 26, 41(1)';
  constructor() {
    super(
      'The authorisation does not cover this act today: look at its scope and its dates, and whether it was revoked.',
    );
  }
}

export class ValidityReversed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'validity-reversed';
  constructor() {
    super('validTo must not be before validFrom.');
  }
}

export interface AuthorisationTerms {
  readonly holder: string;
  readonly number: string;
  readonly scope: readonly AuthorisationScope[];
  readonly validFrom: Day;
  readonly validTo: Day;
}

/** The document by which the mayor lets somebody decide or approve in the centre's name (art. 26). */
export class Authorisation {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly holder: string,
    readonly number: string,
    readonly scope: readonly AuthorisationScope[],
    readonly validFrom: Day,
    readonly validTo: Day,
    readonly recordedBy: string,
    private revokedOn: Day | null,
  ) {}

  static grant(
    id: string,
    { holder, number, scope, validFrom, validTo }: AuthorisationTerms,
    recordedBy: string,
  ): Authorisation {
    if (holder === recordedBy) throw new OwnAuthorisation();
    if (validTo < validFrom) throw new ValidityReversed();
    return new Authorisation(id, 0, holder, number, scope, validFrom, validTo, recordedBy, null);
  }

  revoke(today: Day): void {
    if (this.revokedOn) throw new NotInState('authorisation', 'revoked', 'REVOKED');
    this.revokedOn = today;
  }

  /** Refuses an act that its holder may not do under it today. */
  assertCovers(act: AuthorisationScope, actor: string, today: Day): void {
    if (this.holder !== actor) throw new NotYourAuthorisation();
    const valid = this.validFrom <= today && today <= this.validTo && this.revokedOn === null;
    if (!valid || !this.scope.includes(act)) throw new AuthorisationDoesNotCover();
  }

  granted(): DomainEvent<typeof authorisationGrantedV1> {
    const { holder, scope, validFrom, validTo } = this;
    return event(authorisationGrantedV1, this.id, { holder, scope: [...scope], validFrom, validTo });
  }

  revoked(): DomainEvent<typeof authorisationRevokedV1> {
    return event(authorisationRevokedV1, this.id, { holder: this.holder, revokedOn: this.revokedOn as Day });
  }
}
