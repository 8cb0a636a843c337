import { Injectable } from '@nestjs/common';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { ChannelCode } from '../channels/channel';
import { type FailureReason, Message } from '../messages/message';
import { TaskCommands } from '../tasks/tasks.commands';
import type { Dispatch, EvidenceKind, LateFailure, Receipt } from './evidence';

interface Noted {
  readonly kind: EvidenceKind;
  readonly channel: ChannelCode;
  readonly on: Day;
  readonly at: Date;
  readonly evidenceNo?: string | undefined;
  readonly code?: string | undefined;
  readonly by?: string | undefined;
}

/** What became of a message on its way. Said twice, it counts once. */
@Injectable()
export class EvidenceCommands {
  constructor(
    private readonly clock: Clock,
    private readonly tasks: TaskCommands,
  ) {}

  /** It has left the house. */
  async dispatched(work: Work, messageId: string, dispatch: Dispatch): Promise<void> {
    const message = await work.load(Message, messageId);
    const { channel, at, providerId, evidenceNo = providerId, by } = dispatch;
    await this.note(work, messageId, { kind: 'DISPATCHED', channel, on: dayOf(at), at, evidenceNo, by });
    await this.handOver(work, message, channel, at);
  }

  /** It is where it should be, or counts as if it were. */
  async received(work: Work, messageId: string, { channel, on, basis, evidenceNo, by }: Receipt): Promise<void> {
    const message = await work.load(Message, messageId);
    const at = this.clock.now();
    const kind = basis === 'RECEIPT' ? 'RECEIVED' : 'DEEMED_RECEIVED';
    const isNew = await this.note(work, messageId, { kind, channel, on, at, evidenceNo, by });
    await this.handOver(work, message, channel, at);
    if (isNew) await work.save(message, message.received(channel, on, basis));
  }

  /** It came back, or never arrived: the next way takes it, else staff. What has been received meanwhile stays received. */
  async failedLater(work: Work, messageId: string, { channel, code, at, by }: LateFailure): Promise<void> {
    const message = await work.load(Message, messageId);
    const isNew = await this.note(work, messageId, { kind: 'NOT_DELIVERED', channel, on: dayOf(at), at, code, by });
    if (!isNew || message.channel !== channel || message.isGivenUp) return;
    if (!(await this.isReceived(work, messageId, channel))) await this.goOn(work, message, code, 'REFUSED');
  }

  /** It is still on its way, says the way. */
  async delayed(work: Work, messageId: string, { channel, code, at }: LateFailure): Promise<void> {
    await work.load(Message, messageId);
    await this.note(work, messageId, { kind: 'DELAYED', channel, on: dayOf(at), at, code });
  }

  /** By the next way; without one, in the hands of staff. */
  async goOn(work: Work, message: Message, code: string, reason: FailureReason): Promise<void> {
    const { channel } = message;
    if (message.fallBack(this.clock.now())) {
      work.send('update message set attempts = 0 where id = $1', [message.id]);
      return work.save(message, message.undelivered(channel, code, message.channel));
    }
    return this.giveUp(work, message, reason, message.undelivered(channel, code));
  }

  /** By no way at all. */
  async giveUp(
    work: Work,
    message: Message,
    reason: FailureReason,
    ...before: ReturnType<Message['undelivered']>[]
  ): Promise<void> {
    message.giveUp(reason, this.clock.now());
    const failed = message.failed();
    const [first = failed, ...more] = [...before, failed];
    await work.save(message, first, ...more);
    const { id: messageId, causeId, personId, template } = message;
    if (message.isLeftToStaff) await this.tasks.reachPerson(work, causeId, { personId, template, messageId });
  }

  private async handOver(work: Work, message: Message, channel: ChannelCode, at: Date): Promise<void> {
    if (message.channel !== channel || !(message.isQueued || message.isInHands)) return;
    message.handOver(at);
    await work.save(message, message.sent());
  }

  private async note(work: Work, messageId: string, noted: Noted): Promise<boolean> {
    const { kind, channel, on, at, evidenceNo = null, code = null, by = null } = noted;
    const rows = await work.query(
      `insert into message_evidence (message_id, channel, kind, on_day, at, evidence_no, code, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
      [messageId, channel, kind, on, at, evidenceNo, code, by],
    );
    return rows.length > 0;
  }

  private async isReceived(work: Work, messageId: string, channel: ChannelCode): Promise<boolean> {
    const rows = await work.query(
      `select from message_evidence where message_id = $1 and channel = $2 and kind in ('RECEIVED', 'DEEMED_RECEIVED')`,
      [messageId, channel],
    );
    return rows.length > 0;
  }
}
