import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { messageFailedV2 } from '@okienko/contracts/notifications/message-failed.v2';
import { messageInHandsV1 } from '@okienko/contracts/notifications/message-in-hands.v1';
import { messageQueuedV2 } from '@okienko/contracts/notifications/message-queued.v2';
import { messageReceivedV1 } from '@okienko/contracts/notifications/message-received.v1';
import { messageSentV2 } from '@okienko/contracts/notifications/message-sent.v2';
import { messageUndeliveredV1 } from '@okienko/contracts/notifications/message-undelivered.v1';
import type { ChannelCode } from '../channels/channel';
import type { LetterFacts, Template } from './message-rules';

export type MessageState = 'QUEUED' | 'IN_HANDS' | 'SENT' | 'FAILED';
export const messageStates: readonly MessageState[] = ['QUEUED', 'IN_HANDS', 'SENT', 'FAILED'];
/** Why no further attempt is made. */
export type FailureReason =
  | 'NO_ADDRESS'
  | 'REFUSED'
  | 'UNREACHABLE'
  | 'RECIPIENT_DIED'
  | 'RECIPIENT_ERASED'
  | 'MATTER_WITHDRAWN'
  | 'CONSENT_ENDED';

/** After these there is nobody left who has to hear of it. */
const needless: readonly FailureReason[] = ['RECIPIENT_DIED', 'RECIPIENT_ERASED', 'MATTER_WITHDRAWN', 'CONSENT_ENDED'];

/** Who is written to about the person's matter. */
export type Audience = 'PERSON' | 'REPRESENTATIVE' | 'COORDINATOR' | 'ORGANISER' | 'PROVIDER';
/** LEGAL: the law wants it told. INFORMATIVE: part of the service. EXTRA: only with consent. */
export type Standing = 'LEGAL' | 'INFORMATIVE' | 'EXTRA';

/** What is to be told to whom, and by which ways in which order. */
export interface MessageOrder {
  readonly causeId: string;
  /** The record that the message is about; its key seals the content. */
  readonly personId: string;
  /** The record of whom it is written to instead, a guardian or representative; null: the person. */
  readonly addresseeId: string | null;
  /** Code of the rule; with cause and addressee it makes the message the only one of its kind. */
  readonly rule: string;
  /** Which edition of the rule said so; none where no rule did. */
  readonly edition?: number;
  readonly audience: Audience;
  readonly standing: Standing;
  readonly template: Template;
  readonly facts: LetterFacts;
  /** The aggregate that it is about: what is withdrawn takes its queued messages with it. */
  readonly matterId: string;
  /** The wider matters that this one belongs to. */
  readonly partOf?: readonly string[];
  readonly channels: readonly ChannelCode[];
  /** W3C Trace Context of what has it told. */
  readonly traceparent?: string;
}

/** One message to one person about one fact. SENT means handed over to the channel; only a receipt may start a legal term. */
export class Message {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly causeId: string,
    readonly personId: string,
    readonly addresseeId: string | null,
    readonly rule: string | null,
    readonly edition: number | null,
    readonly audience: Audience,
    readonly standing: Standing,
    readonly template: Template,
    readonly facts: LetterFacts,
    readonly matterId: string | null,
    readonly partOf: readonly string[],
    private ways: readonly ChannelCode[],
    private way: number,
    /** The letter, encrypted; none while we do not know yet where and in which language to write. */
    readonly content: Buffer | null,
    readonly queuedAt: Date,
    private dueAt: Date,
    private state: MessageState,
    private reasonCode: FailureReason | null,
    private whenSettled: Date | null,
    readonly traceparent: string | null,
  ) {}

  static queue(id: string, order: MessageOrder, content: Buffer | null, now: Date, dueAt: Date): Message {
    return new Message(
      id,
      0,
      order.causeId,
      order.personId,
      order.addresseeId,
      order.rule,
      order.edition ?? null,
      order.audience,
      order.standing,
      order.template,
      order.facts,
      order.matterId,
      order.partOf ?? [],
      order.channels,
      0,
      content,
      now,
      dueAt,
      'QUEUED',
      null,
      null,
      order.traceparent ?? null,
    );
  }

  get settledAt(): Date | null {
    return this.whenSettled;
  }

  get nextAttemptAt(): Date {
    return this.dueAt;
  }

  get isQueued(): boolean {
    return this.state === 'QUEUED';
  }

  get isInHands(): boolean {
    return this.state === 'IN_HANDS';
  }

  get isGivenUp(): boolean {
    return this.state === 'FAILED';
  }

  /** It was given up, and what it had to say is to be told all the same. */
  get isLeftToStaff(): boolean {
    return this.reasonCode !== null && this.standing !== 'EXTRA' && !needless.includes(this.reasonCode);
  }

  /** The channel that it takes now. */
  get channel(): ChannelCode {
    return this.ways[this.way] ?? 'EMAIL';
  }

  putInHands(): void {
    this.from('put in the hands of staff', 'QUEUED');
    this.state = 'IN_HANDS';
  }

  handOver(now: Date): void {
    this.from('sent', 'QUEUED', 'IN_HANDS');
    this.settle('SENT', null, now);
  }

  /** It did not arrive, or cannot go this way: the next channel takes it at once. False if there is none. */
  fallBack(now: Date): boolean {
    this.from('sent another way', 'QUEUED', 'IN_HANDS', 'SENT');
    if (this.way + 1 >= this.ways.length) return false;
    this.way += 1;
    this.dueAt = now;
    this.state = 'QUEUED';
    this.whenSettled = null;
    return true;
  }

  giveUp(reason: FailureReason, now: Date): void {
    this.from('given up', 'QUEUED', 'IN_HANDS', 'SENT');
    this.settle('FAILED', reason, now);
  }

  queued(): DomainEvent<typeof messageQueuedV2> {
    return event(messageQueuedV2, this.id, this.about());
  }

  inHands(): DomainEvent<typeof messageInHandsV1> {
    return event(messageInHandsV1, this.id, this.about());
  }

  sent(): DomainEvent<typeof messageSentV2> {
    return event(messageSentV2, this.id, this.about());
  }

  failed(): DomainEvent<typeof messageFailedV2> {
    return event(messageFailedV2, this.id, { ...this.about(), reasonCode: this.reasonCode ?? 'UNREACHABLE' });
  }

  received(channel: ChannelCode, receivedOn: Day, basis: string): DomainEvent<typeof messageReceivedV1> {
    return event(messageReceivedV1, this.id, { ...this.about(), channel, receivedOn, basis });
  }

  undelivered(channel: ChannelCode, code: string, next?: ChannelCode): DomainEvent<typeof messageUndeliveredV1> {
    const facts = { ...this.about(), channel, code };
    return event(messageUndeliveredV1, this.id, next === undefined ? facts : { ...facts, nextChannel: next });
  }

  private about() {
    const { causeId, personId, template, audience, standing, channel } = this;
    return { causeId, personId, template, audience, standing, channel };
  }

  private from(act: string, ...states: readonly MessageState[]): void {
    if (!states.includes(this.state)) throw new NotInState('message', act, this.state);
  }

  private settle(state: MessageState, reason: FailureReason | null, now: Date): void {
    this.state = state;
    this.reasonCode = reason;
    this.whenSettled = now;
  }
}
