import { Injectable } from '@nestjs/common';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { DataSource } from 'typeorm';
import { EvidenceCommands } from '../evidence/evidence.commands';
import { Message } from '../messages/message';
import { HandEvidence } from './hand-evidence.commands';
import { HandJob } from './hand-job';
import { wasCancelled, wasGivenBack, wasReceived, wasReturned } from './hand-job-events';
import { isOpen, isSilenced, standOf } from './open-message';

/** As many a turn: the rest waits for the next. */
const most = 200;

/** What time and others do to hand jobs. It is found in the rows themselves, and once done it is not found again. */
@Injectable()
export class HandJobCalendarCommands {
  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly messages: EvidenceCommands,
    private readonly evidence: HandEvidence,
  ) {}

  /** Print runs that nobody confirmed in time. */
  unconfirmed(): Promise<string[]> {
    return this.find(
      `select id from print_run where state = 'OPEN' and lease_until <= $1 order by lease_until limit $2`,
      [this.clock.now()],
    );
  }

  /** Jobs that somebody took alone and did not finish in time. */
  unfinished(): Promise<string[]> {
    return this.find(
      `select id from hand_job where state = 'TAKEN' and print_run_id is null and lease_until <= $1 order by lease_until limit $2`,
      [this.clock.now()],
    );
  }

  /** Jobs whose message is not to be told any more, or not this way. */
  pointless(): Promise<string[]> {
    return this.find(
      `select j.id from hand_job j join message m on m.id = j.message_id
       where j.state = 'WAITING' and (not ${isOpen} or ${isSilenced}) order by j.id limit $1`,
      [],
    );
  }

  uncollected(): Promise<string[]> {
    return this.find(
      `select id from hand_job where state = 'WAITING' and channel = 'COLLECTION' and due_on < $1 order by due_on, id limit $2`,
      [this.today],
    );
  }

  /** Jobs that count as received since yesterday. */
  fictitious(): Promise<string[]> {
    return this.find(
      `select id from hand_job where state = 'DONE' and received_on is null and fiction_on < $1 order by fiction_on, id limit $2`,
      [this.today],
    );
  }

  giveBack(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const job = await work.load(HandJob, id);
      if (!job.isLeftSince(this.clock.now())) return;
      job.giveBack();
      await work.save(job, wasGivenBack(job));
    });
  }

  cancel(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const job = await work.load(HandJob, id);
      const message = await work.load(Message, job.messageId);
      const stand = await standOf(work, id);
      if (stand.isOpen && !stand.isSilenced) return;
      const reason = stand.isSilenced ? 'RECIPIENT_DIED' : 'MESSAGE_SETTLED';
      if (!job.cancels(reason)) return;
      await work.save(job, wasCancelled(job, reason));
      if (stand.isOpen) await this.messages.giveUp(work, message, 'RECIPIENT_DIED');
      await this.evidence.settle(work, job);
    });
  }

  expire(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const job = await work.load(HandJob, id);
      if (!job.expires(this.today)) return;
      const reason = 'NOT_COLLECTED';
      await work.save(job, wasReturned(job, this.today, reason));
      await this.evidence.failed(work, job, this.today, reason);
    });
  }

  /** Counts as received though nobody took it. Told once, whatever replica finds it. */
  deem(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const job = await work.load(HandJob, id);
      const on = job.fallToFiction(this.today);
      if (on === undefined) return;
      await work.save(job, wasReceived(job, on, 'FICTION'));
      await this.evidence.received(work, job, on, 'FICTION');
    });
  }

  private async find(text: string, values: readonly unknown[]): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(text, [...values, most]);
    return rows.map(({ id }) => id);
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}
