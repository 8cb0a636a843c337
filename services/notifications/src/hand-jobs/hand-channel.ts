import type { Channel, Outcome, Outgoing } from '../channels/channel';
import type { Recipient } from '../recipients/recipient';
import { type HandChannelCode, handChannelCodes } from './delivery-terms';
import type { HandJobCommands } from './hand-jobs.commands';
import { isReachedBy } from './hand-ways';

/** A way on which staff carry the message: it is put where they find it. */
export class HandChannel implements Channel {
  constructor(
    readonly code: HandChannelCode,
    private readonly jobs: Pick<HandJobCommands, 'put'>,
  ) {}

  reaches(recipient: Recipient): boolean {
    return isReachedBy(this.code, recipient);
  }

  /** The same message again finds its job as it was put. */
  async send({ messageId }: Outgoing): Promise<Outcome> {
    try {
      const isOpen = await this.jobs.put(messageId, this.code);
      return isOpen ? { kind: 'IN_HANDS' } : { kind: 'REFUSED', code: 'TRIED_BEFORE' };
    } catch {
      return { kind: 'NOT_NOW', code: 'NOT_RECORDED' };
    }
  }
}

export const handChannels = (jobs: Pick<HandJobCommands, 'put'>): readonly HandChannel[] =>
  handChannelCodes.map((code) => new HandChannel(code, jobs));
