import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { messageFailedV1 } from '@okienko/contracts/notifications/message-failed.v1';
import { messageQueuedV1 } from '@okienko/contracts/notifications/message-queued.v1';
import { messageSentV1 } from '@okienko/contracts/notifications/message-sent.v1';
import type { Announcement, LetterFacts, Template } from './message-rules';

export type MessageState = 'QUEUED' | 'SENT' | 'FAILED';
export const messageStates: readonly MessageState[] = ['QUEUED', 'SENT', 'FAILED'];
/** Why no further attempt is made. */
export type FailureReason = 'NO_ADDRESS' | 'REFUSED' | 'UNREACHABLE' | 'RECIPIENT_DIED';

/** One message to one person about one fact. SENT means handed to the mail server; it never starts a legal term. */
export class Message {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly causeId: string,
    readonly personId: string,
    readonly template: Template,
    readonly facts: LetterFacts,
    /** The letter, encrypted; none while we do not know yet where and in which language to write. */
    readonly content: Buffer | null,
    readonly queuedAt: Date,
    readonly nextAttemptAt: Date,
    private state: MessageState,
    private reasonCode: FailureReason | null,
    private whenSettled: Date | null,
  ) {}

  static queue(
    id: string,
    causeId: string,
    { personId, template, facts }: Announcement,
    content: Buffer | null,
    now: Date,
    dueAt: Date,
  ): Message {
    return new Message(id, 0, causeId, personId, template, facts, content, now, dueAt, 'QUEUED', null, null);
  }

  get settledAt(): Date | null {
    return this.whenSettled;
  }

  get isQueued(): boolean {
    return this.state === 'QUEUED';
  }

  handOver(now: Date): void {
    this.settle('SENT', null, now);
  }

  giveUp(reason: FailureReason, now: Date): void {
    this.settle('FAILED', reason, now);
  }

  queued(): DomainEvent<typeof messageQueuedV1> {
    return event(messageQueuedV1, this.id, this.about());
  }

  sent(): DomainEvent<typeof messageSentV1> {
    return event(messageSentV1, this.id, this.about());
  }

  failed(): DomainEvent<typeof messageFailedV1> {
    return event(messageFailedV1, this.id, { ...this.about(), reasonCode: this.reasonCode ?? 'UNREACHABLE' });
  }

  private about() {
    return { causeId: this.causeId, personId: this.personId, template: this.template, channel: 'EMAIL' as const };
  }

  private settle(state: MessageState, reason: FailureReason | null, now: Date): void {
    if (this.state !== 'QUEUED') throw new NotInState('message', state === 'SENT' ? 'sent' : 'given up', this.state);
    this.state = state;
    this.reasonCode = reason;
    this.whenSettled = now;
  }
}
