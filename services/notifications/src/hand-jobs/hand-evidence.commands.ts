import { Injectable } from '@nestjs/common';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import type { Work } from '@okienko/messaging/unit-of-work';
import { EvidenceCommands } from '../evidence/evidence.commands';
import { settleNotices } from '../inbox/settle-notices';
import { Message } from '../messages/message';
import type { HandJob, ReceiptBasis } from './hand-job';
import { standOf } from './open-message';

/** Who acts where nobody of the staff does. */
const theService = 'okienko';

/** What became of a hand job, said of its message; what the desk was asked to do is done then. */
@Injectable()
export class HandEvidence {
  constructor(
    private readonly clock: Clock,
    private readonly evidence: EvidenceCommands,
  ) {}

  async sent(work: Work, job: HandJob, on: Day, by: string, evidenceNo?: string): Promise<void> {
    const { channel, messageId } = job;
    await this.evidence.dispatched(work, messageId, {
      channel,
      at: this.momentOf(on),
      by,
      ...(evidenceNo && { evidenceNo }),
    });
    await this.settle(work, job, by);
  }

  async received(
    work: Work,
    { channel, messageId }: HandJob,
    on: Day,
    basis: ReceiptBasis,
    more: { readonly by?: string; readonly evidenceNo?: string } = {},
  ): Promise<void> {
    await this.evidence.received(work, messageId, { channel, on, basis, ...more });
  }

  /** The next way takes it, else somebody of the staff; of the dead nobody. */
  async failed(work: Work, job: HandJob, on: Day, code: string, by?: string): Promise<void> {
    const { channel, messageId } = job;
    const message = await work.load(Message, messageId);
    const { isSilenced } = await standOf(work, job.id);
    if (isSilenced && !message.isGivenUp) await this.evidence.giveUp(work, message, 'RECIPIENT_DIED');
    await this.evidence.failedLater(work, messageId, { channel, code, at: this.momentOf(on), ...(by && { by }) });
    await this.settle(work, job, by);
  }

  async settle(work: Work, { id }: HandJob, by = theService): Promise<void> {
    await settleNotices(work, id, by, this.clock.now());
  }

  /** Of an earlier day only the day is known: its noon stands for it. */
  private momentOf(day: Day): Date {
    const now = this.clock.now();
    return day === dayOf(now) ? now : new Date(`${day}T11:00:00Z`);
  }
}
