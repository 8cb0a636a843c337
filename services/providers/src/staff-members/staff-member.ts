import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { staffMemberDeactivatedV1 } from '@okienko/contracts/providers/staff-member-deactivated.v1';
import { staffMemberNameCorrectedV1 } from '@okienko/contracts/providers/staff-member-name-corrected.v1';
import { staffMemberReactivatedV1 } from '@okienko/contracts/providers/staff-member-reactivated.v1';
import { staffMemberRecordedV1 } from '@okienko/contracts/providers/staff-member-recorded.v1';

export class AccountAlreadyNamed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'account-already-named';
  constructor() {
    super('The provider has named the holder of this account already. Correct the name, or reactivate the account.');
  }
}

export class AccountInactive extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'account-inactive';
  constructor() {
    super('This account acts for the provider no more. Ask whoever keeps the list of its staff.');
  }
}

export class OwnAccount extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'own-account';
  constructor() {
    super('Nobody shuts themselves out. Let another account of the provider do it.');
  }
}

/** One of the people who act under the account of a provider. The provider itself keeps the list; their names are sealed. */
export class StaffMember {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly providerId: string,
    /** Opaque id of the account, as its tokens name it. */
    readonly account: string,
    public name: Buffer,
    private active: boolean,
  ) {}

  static record(id: string, providerId: string, account: string, name: Buffer): StaffMember {
    return new StaffMember(id, 0, providerId, account, name, true);
  }

  recorded(): DomainEvent<typeof staffMemberRecordedV1> {
    return event(staffMemberRecordedV1, this.id, this.facts());
  }

  correctName(name: Buffer): DomainEvent<typeof staffMemberNameCorrectedV1> {
    this.name = name;
    return event(staffMemberNameCorrectedV1, this.id, this.facts());
  }

  deactivate(by: string): DomainEvent<typeof staffMemberDeactivatedV1> {
    if (by === this.account) throw new OwnAccount();
    if (!this.active) throw new NotInState('staff member', 'deactivated', 'INACTIVE');
    this.active = false;
    return event(staffMemberDeactivatedV1, this.id, this.facts());
  }

  reactivate(): DomainEvent<typeof staffMemberReactivatedV1> {
    if (this.active) throw new NotInState('staff member', 'reactivated', 'ACTIVE');
    this.active = true;
    return event(staffMemberReactivatedV1, this.id, this.facts());
  }

  private facts(): { providerId: string; account: string } {
    return { providerId: this.providerId, account: this.account };
  }
}
