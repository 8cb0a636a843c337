import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import type { complaintAnsweredV1 } from '@okienko/contracts/providers/complaint-answered.v1';
import { TermPast } from '../inspections/inspection-errors';
import { complaintTermsOn } from '../terms/complaint-terms';
import {
  AnonymousHasNoPerson,
  OwnExamination,
  PositionAsked,
  PositionGiven,
  ReceivedInFuture,
  TermNotLater,
} from './complaint-errors';
import * as facts from './complaint-events';

export const complaintStates = ['RECEIVED', 'UNDER_EXAMINATION', 'ANSWERED', 'WITHDRAWN', 'PASSED_ON'] as const;
export type ComplaintState = (typeof complaintStates)[number];
export type Outcome = (typeof complaintAnsweredV1.properties.outcome.enum)[number];

export const channels = ['DESK', 'WEB_FORM', 'PHONE', 'POST', 'EMAIL', 'E_DELIVERY'] as const;
export type Channel = (typeof channels)[number];

const transitions: Readonly<Record<ComplaintState, readonly ComplaintState[]>> = {
  RECEIVED: ['UNDER_EXAMINATION', 'WITHDRAWN', 'PASSED_ON'],
  UNDER_EXAMINATION: ['ANSWERED', 'WITHDRAWN', 'PASSED_ON'],
  ANSWERED: [],
  WITHDRAWN: [],
  PASSED_ON: [],
};

export interface Reception {
  readonly providerId: string;
  readonly offerId: string | null;
  readonly orderId: string | null;
  readonly channel: Channel;
  readonly anonymous: boolean;
  readonly personId: string | null;
  /** Ciphertext. */
  readonly words: Buffer;
  readonly receivedOn: Day;
}

export interface Extension {
  readonly from: Day;
  readonly to: Day;
  readonly reasonCode: string;
  readonly on: Day;
}

/** What somebody complains of about a provider (KPA art. 227). The provider never learns who it was. */
export class Complaint {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly providerId: string,
    readonly offerId: string | null,
    readonly orderId: string | null,
    readonly channel: Channel,
    readonly anonymous: boolean,
    readonly personId: string | null,
    readonly words: Buffer,
    readonly receivedOn: Day,
    public dueOn: Day,
    /** The last day for passing it on (KPA art. 231). */
    readonly passOnBy: Day,
    public extensions: readonly Extension[],
    public state: ComplaintState,
    public handler: string | null,
    public positionCode: string | null,
    public positionAskedOn: Day | null,
    public positionDueOn: Day | null,
    public positionGivenOn: Day | null,
    public positionWords: Buffer | null,
    public outcome: Outcome | null,
    public answer: Buffer | null,
    public passedOnTo: string | null,
    public closedOn: Day | null,
    public closedBy: string | null,
    public overdueTold: boolean,
  ) {}

  static receive(id: string, reception: Reception, today: Day): Complaint {
    const { providerId, offerId, orderId, channel, anonymous, personId, words, receivedOn } = reception;
    if (receivedOn > today) throw new ReceivedInFuture();
    if (anonymous && personId !== null) throw new AnonymousHasNoPerson();
    const { answerMonths, passOnDays } = complaintTermsOn(receivedOn);
    const about = [id, 0, providerId, offerId, orderId, channel, anonymous, personId, words, receivedOn] as const;
    const terms = [addMonths(receivedOn, answerMonths), addDays(receivedOn, passOnDays), []] as const;
    const position = [null, null, null, null, null] as const;
    return new Complaint(...about, ...terms, 'RECEIVED', null, ...position, null, null, null, null, null, false);
  }

  received(): DomainEvent {
    return facts.received(this);
  }

  examine(handler: string, today: Day): DomainEvent {
    this.moveTo('UNDER_EXAMINATION');
    this.handler = handler;
    return facts.examinationStarted(this, today);
  }

  /** Whoever complained is told why, and until when (KPA art. 36). */
  extend(dueOn: Day, reasonCode: string, today: Day): DomainEvent {
    this.assertOpen('extended');
    if (dueOn <= this.dueOn || dueOn < today) throw new TermNotLater(this.dueOn);
    this.extensions = [...this.extensions, { from: this.dueOn, to: dueOn, reasonCode, on: today }];
    this.dueOn = dueOn;
    this.overdueTold = false;
    return facts.termExtended(this, reasonCode);
  }

  askPosition(code: string, dueOn: Day, today: Day): DomainEvent {
    this.assertExamined('put to the provider');
    if (this.positionCode !== null) throw new PositionAsked();
    if (dueOn < today) throw new TermPast();
    Object.assign(this, { positionCode: code, positionAskedOn: today, positionDueOn: dueOn });
    return facts.positionAsked(this, code, dueOn);
  }

  /** Late is better than never: it counts as long as the complaint is examined. */
  givePosition(words: Buffer, today: Day): DomainEvent {
    this.assertExamined('taken a position on');
    if (this.positionGivenOn !== null) throw new PositionGiven();
    Object.assign(this, { positionWords: words, positionGivenOn: today });
    return facts.positionGiven(this, today);
  }

  reply(outcome: Outcome, answer: Buffer, by: string, today: Day): DomainEvent {
    this.close('ANSWERED', by, today);
    if (by === this.handler) throw new OwnExamination();
    Object.assign(this, { outcome, answer });
    return facts.answered(this, outcome, today);
  }

  passOn(to: string, by: string, today: Day): DomainEvent {
    this.close('PASSED_ON', by, today);
    this.passedOnTo = to;
    return facts.passedOn(this, to, today);
  }

  withdraw(by: string, today: Day): DomainEvent {
    this.close('WITHDRAWN', by, today);
    return facts.withdrawn(this, today);
  }

  /** Once a term. */
  tellOverdue(today: Day): DomainEvent | undefined {
    if (!this.isOpen || this.overdueTold || today <= this.dueOn) return undefined;
    this.overdueTold = true;
    return facts.overdue(this);
  }

  private get isOpen(): boolean {
    return transitions[this.state].length > 0;
  }

  private assertOpen(act: string): void {
    if (!this.isOpen) throw new NotInState('complaint', act, this.state);
  }

  private assertExamined(act: string): void {
    if (this.state !== 'UNDER_EXAMINATION') throw new NotInState('complaint', act, this.state);
  }

  private close(state: ComplaintState, by: string, today: Day): void {
    this.moveTo(state);
    Object.assign(this, { closedBy: by, closedOn: today });
  }

  private moveTo(next: ComplaintState): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('complaint', next, this.state);
    this.state = next;
  }
}
