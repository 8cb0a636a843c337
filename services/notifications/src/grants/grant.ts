import type { Day } from '@okienko/contracts/calendar';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { grantGivenV1 } from '@okienko/contracts/notifications/grant-given.v1';
import { grantRevokedV1 } from '@okienko/contracts/notifications/grant-revoked.v1';
import { assertKnown } from './event-types';

export interface GrantTerms {
  readonly partnerId: string;
  /** Names of events, or prefixes that end in a dot. */
  readonly types: readonly string[];
  /** TERC of the gminas whose events it covers; none stands for all. */
  readonly gminas: readonly string[];
  /** What the partner needs them for, as a code; by it the auditor judges the rest. */
  readonly purpose: string;
  readonly validFrom: Day;
  /** The last day. */
  readonly validTo: Day;
  /** Whether the centre looks at each subscription of the partner before anything is sent. */
  readonly needsApproval?: boolean;
}

export class GrantEndsBeforeItBegins extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'grant-ends-before-it-begins';
  constructor() {
    super('The last day of a grant cannot be before its first.');
  }
}

/** A partner's right to events. Without one in force nothing is delivered, and it is asked again at every delivery. */
export class Grant {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly partnerId: string,
    readonly types: readonly string[],
    readonly gminas: readonly string[],
    readonly purpose: string,
    readonly validFrom: Day,
    readonly validTo: Day,
    readonly givenBy: string,
    readonly givenAt: Date,
    private revokedBy: string | null,
    private revokedAt: Date | null,
    readonly needsApproval: boolean,
  ) {}

  static give(id: string, terms: GrantTerms, givenBy: string, now: Date): Grant {
    const { partnerId, types, gminas, purpose, validFrom, validTo, needsApproval = false } = terms;
    if (validTo < validFrom) throw new GrantEndsBeforeItBegins();
    assertKnown(types);
    return new Grant(
      id,
      0,
      partnerId,
      types,
      gminas,
      purpose,
      validFrom,
      validTo,
      givenBy,
      now,
      null,
      null,
      needsApproval,
    );
  }

  get isRevoked(): boolean {
    return this.revokedAt !== null && this.revokedBy !== null;
  }

  revoke(by: string, now: Date): void {
    if (this.isRevoked) throw new NotInState('grant', 'revoked', 'REVOKED');
    this.revokedBy = by;
    this.revokedAt = now;
  }

  given(): DomainEvent<typeof grantGivenV1> {
    const { partnerId, validFrom, validTo } = this;
    return event(grantGivenV1, this.id, { partnerId, validFrom, validTo });
  }

  revoked(): DomainEvent<typeof grantRevokedV1> {
    return event(grantRevokedV1, this.id, { partnerId: this.partnerId });
  }
}
