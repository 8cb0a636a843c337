import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import {
  type AddresseeKind,
  fictionAfterArrival,
  fictionAfterNotice,
  type HandChannelCode,
  handTermsOn,
} from './delivery-terms';
import * as wrong from './hand-job-errors';

export const handJobStates = ['WAITING', 'TAKEN', 'DONE', 'RETURNED', 'CANCELLED'] as const;
export type HandJobState = (typeof handJobStates)[number];
export type ReceiptBasis = 'RECEIPT' | 'FICTION';
/** Why a letter came back, as the post says. */
export const returnReasons = ['NOT_COLLECTED', 'REFUSED', 'MOVED', 'UNKNOWN', 'WRONG_ADDRESS', 'DIED', 'LOST'] as const;
export type ReturnReason = (typeof returnReasons)[number];

export interface Handed {
  readonly messageId: string;
  readonly personId: string;
  readonly channel: HandChannelCode;
  /** Whether the law wants its delivery proved: then it is registered, signed for, and may count as delivered though nobody took it. */
  readonly isProofNeeded: boolean;
}

export interface Sent {
  readonly on: Day;
  readonly evidenceNo?: string;
  /** Of e-Doręczenia: what the addressee is. */
  readonly addressee?: AddresseeKind;
}

export interface Collected {
  readonly collectedOn: Day;
  readonly isSigned: boolean;
  readonly representativeId?: string;
}

/** One message on one way that passes through the hands of staff: from waiting to passed on, and to what came of that. */
export class HandJob {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly messageId: string,
    readonly personId: string,
    readonly channel: HandChannelCode,
    readonly isProofNeeded: boolean,
    readonly putAt: Date,
    readonly dueOn: Day,
    private state: HandJobState,
    private takenBy: string | null,
    private leaseUntil: Date | null,
    private printRunId: string | null,
    private dispatchedOn: Day | null,
    public evidenceNo: string | null,
    private noticeLeftOn: Day | null,
    private fictionOn: Day | null,
    private receivedOn: Day | null,
    private receiptBasis: ReceiptBasis | null,
    public reasonCode: string | null,
    /** The record of whoever signed for it in place of the addressee. */
    public collectedBy: string | null,
  ) {}

  static put(id: string, { messageId, personId, channel, isProofNeeded }: Handed, now: Date): HandJob {
    const dueOn = addDays(dayOf(now), handTermsOn(dayOf(now)).dueAfter[channel]);
    const nothing = [null, null, null, null, null, null, null, null, null, null, null] as const;
    return new HandJob(id, 0, messageId, personId, channel, isProofNeeded, now, dueOn, 'WAITING', ...nothing);
  }

  /** What whoever has taken it may read. */
  assertReadableBy(reader: string): void {
    const isHandedOut = this.channel === 'COLLECTION' && this.state === 'WAITING';
    if (!isHandedOut && !(this.state === 'TAKEN' && this.takenBy === reader)) throw new wrong.NotReadableNow();
  }

  /** Letters are taken together, in a print run; what is collected is handed out as it waits. */
  take(by: string, leaseUntil: Date, printRunId: string | null = null): void {
    if ((this.channel === 'LETTER') !== (printRunId !== null) || this.channel === 'COLLECTION')
      throw new wrong.WrongChannel(this.channel, 'taken like this');
    if (this.state === 'TAKEN' && this.takenBy !== by) throw new wrong.TakenByAnother();
    this.become('TAKEN', 'taken', 'WAITING');
    this.takenBy = by;
    this.leaseUntil = leaseUntil;
    this.printRunId = printRunId;
  }

  /** Taken alone, and its time is over. */
  isLeftSince(now: Date): boolean {
    return this.state === 'TAKEN' && this.printRunId === null && (this.leaseUntil ?? now) <= now;
  }

  giveBack(): void {
    this.become('WAITING', 'given back', 'TAKEN');
    this.takenBy = null;
    this.leaseUntil = null;
    this.printRunId = null;
  }

  /** Posted, or sent to an address for electronic delivery. */
  dispatch({ on, evidenceNo, addressee = 'NON_PUBLIC' }: Sent, by: string, today: Day): void {
    if (this.channel === 'COLLECTION') throw new wrong.WrongChannel(this.channel, 'sent');
    if (this.state === 'TAKEN' && this.takenBy !== by) throw new wrong.TakenByAnother();
    this.become('DONE', 'passed on', 'TAKEN');
    inOrder(dayOf(this.putAt), on, today);
    if (this.isProofNeeded && evidenceNo === undefined) throw new wrong.EvidenceNumberMissing(this.id);
    this.dispatchedOn = on;
    this.evidenceNo = evidenceNo ?? null;
    this.leaseUntil = null;
    if (this.isProofNeeded && this.channel === 'EDORECZENIA') this.fictionOn = fictionAfterArrival(on, addressee);
  }

  /** Handed out at the desk. */
  collect({ collectedOn: on, isSigned, representativeId }: Collected, by: string, today: Day): void {
    if (this.channel !== 'COLLECTION') throw new wrong.WrongChannel(this.channel, 'collected');
    this.become('DONE', 'collected', 'WAITING');
    inOrder(dayOf(this.putAt), on, today);
    if (this.isProofNeeded && !isSigned) throw new wrong.SignatureMissing();
    this.takenBy = by;
    this.collectedBy = representativeId ?? null;
    this.dispatchedOn = on;
    this.markReceived(on, 'RECEIPT');
  }

  /** The first notice counts, whatever follows it. */
  leaveNotice(on: Day, today: Day): void {
    if (this.channel !== 'LETTER') throw new wrong.WrongChannel(this.channel, 'announced by a notice');
    this.assertUnderWay('announced by a notice');
    if (this.noticeLeftOn !== null) throw new NotInState('letter', 'announced by a first notice', 'announced already');
    inOrder(this.dispatchedOn ?? on, on, today);
    this.noticeLeftOn = on;
    if (this.isProofNeeded) this.fictionOn = fictionAfterNotice(on);
  }

  /** A receipt of an earlier day takes the place of a fiction that was told before it came to light. */
  receive(on: Day, today: Day): void {
    if (this.receiptBasis === 'FICTION' && on < (this.receivedOn ?? on)) this.receivedOn = null;
    this.assertUnderWay('received');
    inOrder(this.dispatchedOn ?? on, on, today);
    this.markReceived(on, 'RECEIPT');
  }

  /**
   * The post brings it back. What needs proof and was refused, or kept for its time after a notice, counts as delivered all the same
   * (KPA art. 44 § 4, 47 § 2): on the day that is returned then.
   */
  comeBack(on: Day, reason: ReturnReason, today: Day): Day | undefined {
    if (this.channel === 'COLLECTION') throw new wrong.WrongChannel(this.channel, 'returned');
    this.assertUnderWay('returned');
    inOrder(this.noticeLeftOn ?? this.dispatchedOn ?? on, on, today);
    this.reasonCode = reason;
    if (this.isProofNeeded && reason === 'REFUSED') this.markReceived(on, 'FICTION');
    else if (this.isProofNeeded && reason === 'NOT_COLLECTED') {
      if (this.fictionOn === null) throw new wrong.FirstNoticeMissing();
      inOrder(this.fictionOn, on);
      this.markReceived(this.fictionOn, 'FICTION');
    } else this.state = 'RETURNED';
    return this.receivedOn ?? undefined;
  }

  /** The day on which it counts as received, once its term is over and nobody took it; undefined if there is nothing to tell. */
  fallToFiction(today: Day): Day | undefined {
    const on = this.fictionOn;
    if (this.state !== 'DONE' || this.receivedOn !== null || on === null || on >= today) return undefined;
    this.markReceived(on, 'FICTION');
    return on;
  }

  /** Nobody came for it. False if there is still time, or it has been collected. */
  expires(today: Day): boolean {
    const isOver = this.channel === 'COLLECTION' && this.state === 'WAITING' && this.dueOn < today;
    if (isOver) this.turnBack('NOT_COLLECTED');
    return isOver;
  }

  /** It cannot be passed on this way. */
  turnBack(reason: string): void {
    this.become('RETURNED', 'turned back', 'WAITING');
    this.reasonCode = reason;
  }

  /** Nobody is to be told any more. False if somebody is already about it. */
  cancels(reason: string): boolean {
    if (this.state !== 'WAITING') return false;
    this.state = 'CANCELLED';
    this.reasonCode = reason;
    return true;
  }

  private markReceived(on: Day, basis: ReceiptBasis): void {
    this.receivedOn = on;
    this.receiptBasis = basis;
  }

  private assertUnderWay(act: string): void {
    if (this.state !== 'DONE') throw new NotInState('message', act, this.state);
    if (this.receivedOn !== null) throw new NotInState('message', act, 'received');
  }

  private become(next: HandJobState, act: string, from: HandJobState): void {
    if (this.state !== from) throw new NotInState('message', act, this.state);
    this.state = next;
  }
}

/** Days as they follow one another. */
function inOrder(...days: readonly Day[]): void {
  if (days.some((day, at) => at > 0 && day < (days[at - 1] ?? day))) throw new wrong.DeliveryDayWrong();
}
