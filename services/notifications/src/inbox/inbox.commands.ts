import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { inboxesOf, inboxOf } from './addressee';
import { mine } from './inbox.queries';
import { Notice, type NoticeTerms } from './notice';

/** Notices a transaction. */
const batch = 100;

@Injectable()
export class InboxCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Puts a notice into the addressee's inbox; of one cause, addressee and code only the first. */
  async notify(work: Work, terms: NoticeTerms): Promise<void> {
    const { causeId, code, to } = terms;
    await work.query(`select pg_advisory_xact_lock(hashtextextended('notice ' || current_schema() || ' ' || $1, 0))`, [
      causeId,
    ]);
    const known = await work.query('select from notice where cause_id = $1 and code = $2 and inbox = $3', [
      causeId,
      code,
      inboxOf(to),
    ]);
    if (known.length > 0) return;
    const notice = Notice.open(uuidv7(), terms, this.clock.now());
    await work.save(notice, notice.opened());
  }

  /** The caller alone has read it then; to others it stays unread. */
  read(id: string, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const { version } = await load(work, id, caller);
      work.send('insert into notice_reading (notice_id, sub, read_at) values ($1, $2, $3) on conflict do nothing', [
        id,
        caller.sub,
        this.clock.now(),
      ]);
      return { id, version };
    });
  }

  /** For all whose inbox it is in. */
  acknowledge(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const notice = await load(work, id, caller, expectedVersion);
      await work.save(notice, notice.acknowledge(caller.sub, this.clock.now()));
      return { id, version: notice.version };
    });
  }

  /** Hands the next overdue notices to those who answer for them; answers whether there may be more. Replicas pass over each other's. */
  escalate(): Promise<boolean> {
    return this.work.run(async (work) => {
      const now = this.clock.now();
      const due = await work.query<{ id: string }>(
        `select id from notice where due_at <= $1 and acknowledged_at is null and escalated_at is null
         order by due_at, id limit $2 for update skip locked`,
        [now, batch],
      );
      for (const { id } of due) {
        const notice = await work.load(Notice, id);
        const escalated = notice.escalate(now);
        if (escalated) await work.save(notice, escalated);
      }
      return due.length === batch;
    });
  }
}

/**
 * What lies in another's inbox does not exist for the caller. Asked first: a stale version would tell that it does, and so would the wait
 * for whoever takes charge of it.
 */
async function load(work: Work, id: string, caller: Principal, expectedVersion?: number): Promise<Notice> {
  const [found] = await work.query(`select from notice n where ${mine} and n.id = $2`, [inboxesOf(caller), id]);
  if (!found) throw new NotFound('notice');
  return work.load(Notice, id, expectedVersion);
}
