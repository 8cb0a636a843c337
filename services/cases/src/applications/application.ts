import type { Day } from '@okienko/contracts/calendar';
import { applicationCoordinatorAssignedV1 } from '@okienko/contracts/cases/application-coordinator-assigned.v1';
import { applicationDiscontinuedV1 } from '@okienko/contracts/cases/application-discontinued.v1';
import { applicationFactsRevisedV1 } from '@okienko/contracts/cases/application-facts-revised.v1';
import { applicationQualifiedV1 } from '@okienko/contracts/cases/application-qualified.v1';
import { applicationRefusalPendingV1 } from '@okienko/contracts/cases/application-refusal-pending.v1';
import { applicationRefusedV1 } from '@okienko/contracts/cases/application-refused.v1';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { applicationWaitlistedV1 } from '@okienko/contracts/cases/application-waitlisted.v1';
import { applicationWithdrawnV1 } from '@okienko/contracts/cases/application-withdrawn.v1';
import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { ApplicantRole } from './applicant';
import {
  type ApplicationItem,
  isAskedFor,
  isClosed,
  type ItemState,
  itemTransitions,
  type QualificationNotice,
  stateOf,
} from './application-item';
import type { CompletionCall } from './completion-call';
import type { Delay } from './delay';
import { assertFiling, type Channel, type Filing } from './filing';
import type { ImportedFrom } from '../imports/data-import';
import type { ClauseShown } from './statement-clauses';

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
    readonly applicantPersonId: string | null,
    readonly clauseShown: ClauseShown | null,
    readonly needReportId: string | null,
    public facts: Buffer | null,
    /** Account that sees to it. */
    public coordinator: string | null,
    public completionCall: CompletionCall | null,
    /** Ciphertext of the codes of what the call asks for. */
    public missing: Buffer | null,
    public delays: readonly Delay[],
    readonly importedFrom: ImportedFrom | null,
  ) {}

  static file(id: string, unit: string, filing: Filing, receivedBy: string, now: Date): Application {
    const { personId, applicantRole, channel, filedAt, clauseVersion, terc, items } = filing;
    assertFiling(filing, now);
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
      filing.applicantPersonId ?? null,
      filing.clauseShown ?? null,
      filing.needReportId ?? null,
      filing.facts ?? null,
      null,
      null,
      null,
      [],
      filing.importedFrom ?? null,
    );
  }

  get itemStates(): { id: string; offerId: string; state: ItemState }[] {
    return this.items.map(({ id, offerId, state }) => ({ id, offerId, state }));
  }

  /** Something is still wanted, so needs may be recognised and a plan drafted. */
  get isOpen(): boolean {
    return this.awaitsDecision || this.items.some(({ state }) => state === 'QUALIFIED');
  }

  /** Nothing is left to be done about any of its items, unless an appeal is filed. */
  get isClosed(): boolean {
    return this.items.every(isClosed);
  }

  /** The centre is still to say yes or no to something. */
  get awaitsDecision(): boolean {
    return this.items.some(({ state }) => state === 'SUBMITTED' || state === 'INCOMPLETE' || state === 'WAITLISTED');
  }

  get isIncomplete(): boolean {
    return this.items.some(({ state }) => state === 'INCOMPLETE');
  }

  get undecided(): ApplicationItem[] {
    return this.items.filter(({ state }) => state === 'SUBMITTED');
  }

  /** Where the papers still lie here, though another office is to answer. */
  get unsent(): ApplicationItem[] {
    return this.items.filter(({ forwarding }) => forwarding && forwarding.sentOn === undefined);
  }

  /** Items that the applicant asks for still. */
  get askedFor(): ApplicationItem[] {
    return this.items.filter(isAskedFor);
  }

  /** Codes of all services that are asked for together. */
  get appliedFor(): string[] {
    return this.askedFor.map(({ serviceCode }) => serviceCode);
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

  /** The one way in which an item changes its state. */
  move(itemId: string, state: ItemState, more: Partial<Omit<ApplicationItem, 'id' | 'state'>> = {}): void {
    this.assertMayBecome(itemId, state);
    this.note(itemId, { ...more, state });
    this.state = stateOf(this.items);
  }

  /** Writes something down of an item that stays where it is. */
  note(itemId: string, more: Partial<ApplicationItem>): void {
    this.items = this.items.map((item) => (item.id === itemId ? { ...item, ...more } : item));
  }

  /** Takes down what no longer holds of an item. */
  strike(itemId: string, ...names: ('decisionId' | 'decisionDemandedOn')[]): void {
    const kept = Object.entries(this.item(itemId)).filter(([name]) => !(names as string[]).includes(name));
    const item = Object.fromEntries(kept) as unknown as ApplicationItem;
    this.items = this.items.map((one) => (one.id === itemId ? item : one));
  }

  /** Moves every item of a state, at least one; returns their ids. */
  moveAll(from: ItemState, to: ItemState, act: string): string[] {
    const ids = this.items.filter(({ state }) => state === from).map(({ id }) => id);
    if (ids.length === 0) throw new NotInState('application', act, this.state);
    for (const id of ids) this.move(id, to);
    return ids;
  }

  qualify(itemId: string, programmeVersion: number, notice: QualificationNotice): void {
    this.move(itemId, 'QUALIFIED', { programmeVersion, notice });
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

  /** Everything that can be withdrawn still, in the order in which places are given back. */
  withdrawAll(): ApplicationItem[] {
    const items = this.items.filter(({ state }) => itemTransitions[state].includes('WITHDRAWN'));
    if (items.length === 0) throw new NotInState('application', 'withdrawn', this.state);
    for (const { id } of items) this.withdraw(id);
    return items.sort(byPlace);
  }

  reviseFacts(sealed: Buffer): DomainEvent<typeof applicationFactsRevisedV1> {
    this.assertOpen('given other facts');
    this.facts = sealed;
    return event(applicationFactsRevisedV1, this.id, { personId: this.personId }, this.terc);
  }

  assignCoordinator(coordinator: string, reasonCode: string): DomainEvent<typeof applicationCoordinatorAssignedV1> {
    this.assertOpen('given a coordinator');
    this.coordinator = coordinator;
    const data = { personId: this.personId, coordinator, reasonCode };
    return event(applicationCoordinatorAssignedV1, this.id, data, this.terc);
  }

  /** Items on which something is still to be decided, or a place still held. */
  get discontinuable(): readonly ApplicationItem[] {
    return this.items.filter(({ state }) => itemTransitions[state].includes('DISCONTINUED')).sort(byPlace);
  }

  /** Nothing is left to decide on it (KPA art. 105). */
  discontinue(itemId: string): void {
    this.move(itemId, 'DISCONTINUED');
  }

  submitted(): DomainEvent<typeof applicationSubmittedV1> {
    const { personId, applicantRole, channel, needReportId, importedFrom } = this;
    const items = this.items.map(({ id, offerId }) => ({ itemId: id, offerId }));
    const filedAt = this.filedAt.toISOString();
    const data = {
      personId,
      applicantRole,
      channel,
      filedAt,
      items,
      ...(needReportId === null ? {} : { needReportId }),
      ...(importedFrom ? { imported: true } : {}),
    };
    return event(applicationSubmittedV1, this.id, data, this.terc);
  }

  qualified(itemId: string, qualifiedOn: Day): DomainEvent<typeof applicationQualifiedV1> {
    const { programmeId, programmeVersion, notice, state } = this.item(itemId);
    if (programmeVersion === undefined || !notice) throw new NotInState('item', 'said to be qualified', state);
    const { grantedUntil, quantity } = notice;
    const granted = { qualifiedOn, grantedUntil, ...(quantity === undefined ? {} : { quantity }) };
    const data = { ...this.told(itemId), programmeId, programmeVersion, ...granted };
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
    return event(applicationWithdrawnV1, this.id, this.told(itemId), this.terc);
  }

  /** What every event of one item tells. */
  told(itemId: string): { itemId: string; personId: string; offerId: string } {
    return { itemId, personId: this.personId, offerId: this.item(itemId).offerId };
  }

  /** Asked before what is told is looked at, so that the answer names the true reason. */
  assertOpen(act: string): void {
    if (this.isClosed) throw new NotInState('application', act, this.state);
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
}

const placeKey = ({ programmeId, serviceCode }: ApplicationItem): string => `${programmeId} ${serviceCode}`;
/** In which services are locked by whoever gives up more than one place. */
const byPlace = (one: ApplicationItem, other: ApplicationItem): number => (placeKey(one) < placeKey(other) ? -1 : 1);
