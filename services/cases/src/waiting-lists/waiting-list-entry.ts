import type { Day } from '@okienko/contracts/calendar';
import { waitingListEntryJumpedV1 } from '@okienko/contracts/cases/waiting-list-entry-jumped.v1';
import { waitingListEntryPlaceDeclinedV1 } from '@okienko/contracts/cases/waiting-list-entry-place-declined.v1';
import { waitingListEntryPlaceLapsedV1 } from '@okienko/contracts/cases/waiting-list-entry-place-lapsed.v1';
import { waitingListEntryPlaceOfferedV1 } from '@okienko/contracts/cases/waiting-list-entry-place-offered.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';

export class AnswerStillAwaited extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'answer-still-awaited';
  constructor(answerBy: Day) {
    super(`The applicant may answer until ${answerBy}. The place lapses after that day.`);
  }
}

export class NotAhead extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'not-ahead';
  constructor(position: number) {
    super(`The entry is at position ${position}. Name a position before it.`);
  }
}

/**
 * Somebody's place in the queue for one service. It stands while the item is WAITLISTED; how it ends, the application tells. That
 * somebody has entered the list the application tells too, so version 0 means that nothing has happened since.
 */
export class WaitingListEntry {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly applicationId: string,
    readonly itemId: string,
    readonly personId: string,
    readonly offerId: string,
    readonly programmeId: string,
    readonly serviceCode: string,
    readonly filedAt: Date,
    readonly enteredAt: Date,
    readonly priorityCode: string | null,
    /** What orders the list, first to last: the time of filing, later for whoever had to go last, … */
    public queuedAt: Date,
    /** … the first priority that was met, … */
    readonly rank: number,
    /** … the id of the item, or of that one which somebody was put ahead of, … */
    readonly tie: string,
    /** … and how far ahead. */
    readonly nudge: string,
    private offeredOn: Day | null,
    private answerBy: Day | null,
    /** A decision is owed by then, since no place will come from this list any more. */
    readonly decideBy: Day | null,
  ) {}

  offer(today: Day, answerBy: Day): void {
    if (this.offeredOn) throw new NotInState('entry', 'offered a place', 'OFFERED');
    this.offeredOn = today;
    this.answerBy = answerBy;
  }

  /** A place is held, and what becomes of it is for the applicant to say. */
  assertOffered(): void {
    if (!this.offeredOn) throw new NotInState('entry', 'answered for', 'WAITING');
  }

  assertLapsed(today: Day): void {
    this.assertOffered();
    if (this.answerBy && today <= this.answerBy) throw new AnswerStillAwaited(this.answerBy);
  }

  goLast(now: Date): void {
    this.queuedAt = now;
    this.offeredOn = null;
    this.answerBy = null;
  }

  assertMayJump(from: number, to: number): void {
    if (this.offeredOn) throw new NotInState('entry', 'put ahead', 'OFFERED');
    if (to >= from) throw new NotAhead(from);
  }

  placeOffered(): DomainEvent<typeof waitingListEntryPlaceOfferedV1> {
    const { offeredOn, answerBy } = this;
    if (!offeredOn || !answerBy) throw new NotInState('entry', 'said to be offered a place', 'WAITING');
    return event(waitingListEntryPlaceOfferedV1, this.id, { ...this.matter, offeredOn, answerBy }, this.terc);
  }

  placeDeclined(declinedOn: Day): DomainEvent<typeof waitingListEntryPlaceDeclinedV1> {
    return event(waitingListEntryPlaceDeclinedV1, this.id, { ...this.matter, declinedOn }, this.terc);
  }

  placeLapsed(lapsedOn: Day): DomainEvent<typeof waitingListEntryPlaceLapsedV1> {
    return event(waitingListEntryPlaceLapsedV1, this.id, { ...this.matter, lapsedOn }, this.terc);
  }

  jumped(reasonCode: string, from: number, to: number): DomainEvent<typeof waitingListEntryJumpedV1> {
    return event(waitingListEntryJumpedV1, this.id, { ...this.matter, reasonCode, from, to }, this.terc);
  }

  private get matter(): Pick<
    WaitingListEntry,
    'applicationId' | 'itemId' | 'personId' | 'offerId' | 'programmeId' | 'serviceCode'
  > {
    const { applicationId, itemId, personId, offerId, programmeId, serviceCode } = this;
    return { applicationId, itemId, personId, offerId, programmeId, serviceCode };
  }
}
