import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { InboxCommands } from '../inbox/inbox.commands';
import { type HandChannelCode, handTermsOn } from './delivery-terms';
import { HandEvidence } from './hand-evidence.commands';
import { HandJob } from './hand-job';
import { noticeWasLeft, wasDone, wasPut, wasReceived, wasReturned, wasTaken } from './hand-job-events';
import type { RecordCollection, RecordDispatch, RecordReceipt, RecordReturn } from './hand-jobs.dto';
import { assertMayBeTold, messageToHand } from './open-message';

const hour = 60 * 60 * 1000;

@Injectable()
export class HandJobCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly evidence: HandEvidence,
    private readonly inbox: InboxCommands,
  ) {}

  /** Puts the message where staff find it, once. False if it has been there in vain. */
  put(messageId: string, channel: HandChannelCode): Promise<boolean> {
    return this.work.run(async (work) => {
      const message = await messageToHand(work, messageId);
      if (!message) return false;
      const [known] = await work.query<{ isOpen: boolean }>(
        `select state in ('WAITING', 'TAKEN', 'DONE') as "isOpen" from hand_job where message_id = $1 and channel = $2`,
        [messageId, channel],
      );
      if (known) return known.isOpen;
      const { personId, matterId, isProofNeeded } = message;
      const job = HandJob.put(uuidv7(), { messageId, personId, channel, isProofNeeded }, this.clock.now());
      await work.save(job, wasPut(job));
      await this.inbox.notify(work, {
        causeId: job.id,
        matterId,
        personId,
        to: { role: 'desk' },
        kind: 'TASK',
        code: `${channel}_WAITS`,
        dueAt: endOf(job.dueOn),
      });
      return true;
    });
  }

  /** For whoever sends it next: nobody else does meanwhile. */
  take(id: string, expectedVersion: number, { sub }: Principal): Promise<Changed> {
    return this.work.change(HandJob, id, expectedVersion, async (job, work) => {
      await assertMayBeTold(work, id);
      const { leaseHours } = handTermsOn(this.today);
      job.take(sub, new Date(this.clock.now().getTime() + leaseHours * hour));
      return wasTaken(job, sub);
    });
  }

  dispatch(id: string, expectedVersion: number, sent: RecordDispatch, { sub }: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const job = await work.load(HandJob, id, expectedVersion);
      job.dispatch({ ...sent, on: sent.sentOn }, sub, this.today);
      await work.save(job, wasDone(job, sent.sentOn));
      await this.evidence.sent(work, job, sent.sentOn, sub, sent.evidenceNo);
      return { id, version: job.version };
    });
  }

  collect(id: string, expectedVersion: number, collected: RecordCollection, { sub }: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const { collectedOn: on } = collected;
      const job = await work.load(HandJob, id, expectedVersion);
      await assertMayBeTold(work, id);
      job.collect(collected, sub, this.today);
      await work.save(job, wasDone(job, on), wasReceived(job, on, 'RECEIPT'));
      await this.evidence.sent(work, job, on, sub);
      await this.evidence.received(work, job, on, 'RECEIPT', { by: sub });
      return { id, version: job.version };
    });
  }

  leaveNotice(id: string, expectedVersion: number, noticeLeftOn: Day): Promise<Changed> {
    return this.work.change(HandJob, id, expectedVersion, (job) => {
      job.leaveNotice(noticeLeftOn, this.today);
      return noticeWasLeft(job, noticeLeftOn);
    });
  }

  receive(id: string, expectedVersion: number, receipt: RecordReceipt, { sub }: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const { receivedOn: on, evidenceNo } = receipt;
      const job = await work.load(HandJob, id, expectedVersion);
      job.receive(on, this.today);
      await work.save(job, wasReceived(job, on, 'RECEIPT'));
      await this.evidence.received(work, job, on, 'RECEIPT', { by: sub, ...(evidenceNo && { evidenceNo }) });
      return { id, version: job.version };
    });
  }

  comeBack(
    id: string,
    expectedVersion: number,
    { returnedOn: on, reason }: RecordReturn,
    { sub }: Principal,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const job = await work.load(HandJob, id, expectedVersion);
      const deemedOn = job.comeBack(on, reason, this.today);
      if (deemedOn === undefined) {
        await work.save(job, wasReturned(job, on, reason));
        await this.evidence.failed(work, job, on, reason, sub);
      } else {
        await work.save(job, wasReceived(job, deemedOn, 'FICTION'));
        await this.evidence.received(work, job, deemedOn, 'FICTION', { by: sub });
      }
      return { id, version: job.version };
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

/** When the offices close on that day. */
const endOf = (day: Day): Date => new Date(`${day}T15:00:00Z`);
