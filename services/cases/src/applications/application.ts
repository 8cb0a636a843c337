import { type Day, dayOf } from '@okienko/contracts/calendar';
import { applicationDiscontinuedV1 } from '@okienko/contracts/cases/application-discontinued.v1';
import { applicationQualifiedV1 } from '@okienko/contracts/cases/application-qualified.v1';
import { applicationRefusalPendingV1 } from '@okienko/contracts/cases/application-refusal-pending.v1';
import { applicationRefusedV1 } from '@okienko/contracts/cases/application-refused.v1';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { applicationWaitlistedV1 } from '@okienko/contracts/cases/application-waitlisted.v1';
import { applicationWithdrawnV1 } from '@okienko/contracts/cases/application-withdrawn.v1';
import { DomainError, NotFound, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { type ApplicationItem, type ItemState, itemTransitions, stateOf } from './application-item';
import { assertClauseInForce } from './statement-clauses';

export type ApplicantRole = 'PERSON' | 'STATUTORY_REPRESENTATIVE' | 'ACTUAL_CARER';
export type Channel = 'DESK' | 'WEB_FORM' | 'PHONE' | 'POST' | 'EMAIL';

export class FiledInTheFuture extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'filed-in-the-future';
  constructor() {
    super('An application cannot have been filed later than now: terms run from its filing.');
  }
}

export interface Filing {
  readonly personId: string;
  readonly applicantRole: ApplicantRole;
  readonly channel: Channel;
  readonly filedAt: Date;
  readonly clauseVersion: string;
  /** Gmina of the person's residence. */
  readonly terc: string;
  readonly items: readonly ApplicationItem[];
}

/** A request for services of the programme (art. 35), with its statements (art. 36). */
export class Application {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly personId: string,
    readonly applicantRole: ApplicantRole,
    readonly channel: Channel,
    readonly filedAt: Date,
    readonly clauseVersion: string,
    readonly terc: string,
    readonly receivedBy: string,
    /** Follows from the items; kept for the index. */
    public state: ItemState,
    private items: readonly ApplicationItem[],
  ) {}

  static file(id: string, unit: string, filing: Filing, receivedBy: string, now: Date): Application {
    const { personId, applicantRole, channel, filedAt, clauseVersion, terc, items } = filing;
    if (filedAt > now) throw new FiledInTheFuture();
    assertClauseInForce(clauseVersion, dayOf(filedAt));
    return new Application(
      id,
      0,
      unit,
      personId,
      applicantRole,
      channel,
      filedAt,
      clauseVersion,
      terc,
      receivedBy,
      stateOf(items),
      items,
    );
  }

  get itemStates(): { id: string; offerId: string; state: ItemState }[] {
    return this.items.map(({ id, offerId, state }) => ({ id, offerId, state }));
  }

  /** Something is still wanted, so needs may be recognised and a plan drafted. */
  get isOpen(): boolean {
    return this.items.some(({ state }) => state === 'SUBMITTED' || state === 'WAITLISTED' || state === 'QUALIFIED');
  }

  isQualified(itemId: string): boolean {
    return this.items.some(({ id, state }) => id === itemId && state === 'QUALIFIED');
  }

  item(itemId: string): ApplicationItem {
    const item = this.items.find(({ id }) => id === itemId);
    if (!item) throw new NotFound('item of the application');
    return item;
  }

  /** May the item go there? Asked before a place is taken, so that the answer names the true reason. */
  assertMayBecome(itemId: string, next: ItemState): void {
    const { state } = this.item(itemId);
    if (!itemTransitions[state].includes(next))
      throw new NotInState('item', next.toLowerCase().replace('_', ' '), state);
  }

  qualify(itemId: string, programmeVersion: number): void {
    this.move(itemId, 'QUALIFIED', { programmeVersion });
  }

  waitlist(itemId: string): void {
    this.move(itemId, 'WAITLISTED');
  }

  /** Art. 42(3): who is refused gets a decision. It counts once it has been delivered. */
  awaitRefusal(itemId: string, decisionId: string): void {
    this.move(itemId, 'REFUSAL_PENDING', { decisionId });
  }

  refuse(itemId: string): void {
    this.move(itemId, 'REFUSED');
  }

  withdraw(itemId: string): void {
    this.move(itemId, 'WITHDRAWN');
  }

  /** Items on which something is still to be decided, or a place still held. */
  get undecided(): readonly ApplicationItem[] {
    return this.items.filter(({ state }) => itemTransitions[state].includes('DISCONTINUED'));
  }

  /** Nothing is left to decide on it (KPA art. 105). */
  discontinue(itemId: string): void {
    this.move(itemId, 'DISCONTINUED');
  }

  submitted(): DomainEvent<typeof applicationSubmittedV1> {
    const { personId, applicantRole, channel } = this;
    const items = this.items.map(({ id, offerId }) => ({ itemId: id, offerId }));
    const data = { personId, applicantRole, channel, filedAt: this.filedAt.toISOString(), items };
    return event(applicationSubmittedV1, this.id, data, this.terc);
  }

  qualified(itemId: string, qualifiedOn: Day): DomainEvent<typeof applicationQualifiedV1> {
    const { offerId, programmeId, programmeVersion, state } = this.item(itemId);
    if (programmeVersion === undefined) throw new NotInState('item', 'said to be qualified', state);
    const data = { itemId, personId: this.personId, offerId, programmeId, programmeVersion, qualifiedOn };
    return event(applicationQualifiedV1, this.id, data, this.terc);
  }

  waitlisted(itemId: string): DomainEvent<typeof applicationWaitlistedV1> {
    const { offerId, programmeId } = this.item(itemId);
    return event(
      applicationWaitlistedV1,
      this.id,
      { itemId, personId: this.personId, offerId, programmeId },
      this.terc,
    );
  }

  refusalPending(itemId: string): DomainEvent<typeof applicationRefusalPendingV1> {
    const { offerId } = this.item(itemId);
    const data = { itemId, personId: this.personId, decisionId: this.decisionOf(itemId), offerId };
    return event(applicationRefusalPendingV1, this.id, data, this.terc);
  }

  refused(itemId: string): DomainEvent<typeof applicationRefusedV1> {
    const { offerId } = this.item(itemId);
    const data = { itemId, personId: this.personId, offerId, decisionId: this.decisionOf(itemId) };
    return event(applicationRefusedV1, this.id, data, this.terc);
  }

  withdrawn(itemId: string): DomainEvent<typeof applicationWithdrawnV1> {
    const { offerId } = this.item(itemId);
    return event(applicationWithdrawnV1, this.id, { itemId, personId: this.personId, offerId }, this.terc);
  }

  discontinued(itemId: string, reason: 'DEATH' | 'LEFT_GMINA'): DomainEvent<typeof applicationDiscontinuedV1> {
    const { offerId } = this.item(itemId);
    return event(applicationDiscontinuedV1, this.id, { itemId, personId: this.personId, offerId, reason }, this.terc);
  }

  private decisionOf(itemId: string): string {
    const { decisionId, state } = this.item(itemId);
    if (decisionId === undefined) throw new NotInState('item', 'refused without a decision', state);
    return decisionId;
  }

  private move(
    itemId: string,
    state: ItemState,
    more: Pick<ApplicationItem, 'decisionId' | 'programmeVersion'> = {},
  ): void {
    this.assertMayBecome(itemId, state);
    this.items = this.items.map((item) => (item.id === itemId ? { ...item, ...more, state } : item));
    this.state = stateOf(this.items);
  }
}
