import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { patience } from '../dispatches/dispatch';
import { digestColumns, longestRange } from '../dispatches/dispatches.queries';
import { lastNumberOf, openInSql } from '../subscriptions/subscription';
import { type Way, wayColumns } from '../subscriptions/subscriptions.queries';
import type { TestedSink } from './heartbeats.dto';

export interface DueDigest extends Way {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly sha256: string;
  readonly madeAt: Date;
}

const isDue = `ended_at is null and coalesce(digested_on, (created_at at time zone 'Europe/Warsaw')::date) < $1::date`;

/** Once a day each subscription is told what was numbered in it since the day before, be it nothing. */
@Injectable()
export class SubscriptionDigestCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  due(atMost: number): Promise<string[]> {
    return this.work.run(async ({ query }) => {
      const rows = await query<{ id: string }>(`select id from subscription where ${isDue} limit $2`, [
        dayOf(this.clock.now()),
        atMost,
      ]);
      return rows.map(({ id }) => id);
    });
  }

  /** Under the lock of the subscription, so that all up to the last number is to be seen. What is too long for one range takes several. */
  make(subscriptionId: string): Promise<void> {
    return this.work.run(async ({ query, send }) => {
      const now = this.clock.now();
      const [range] = await query<{ first: number; last: number; isAll: boolean }>(
        `select digested_to + 1 as first, least(${lastNumberOf('s')}, digested_to + ${longestRange}) as last,
           ${lastNumberOf('s')} <= digested_to + ${longestRange} as "isAll"
         from subscription s where id = $2 and ${isDue} for update`,
        [dayOf(now), subscriptionId],
      );
      if (!range) return;
      send(
        `insert into subscription_digest (id, subscription_id, first_sequence, last_sequence, count, sha256, made_at, next_attempt_at)
         select $1::uuid, $2::uuid, $3::int, $4::int, count, sha256, $5::timestamptz, $5::timestamptz
         from (select ${digestColumns} from dispatch where subscription_id = $2 and sequence between $3 and $4) digest`,
        [uuidv7(), subscriptionId, range.first, range.last, now],
      );
      send('update subscription set digested_to = $2, digested_on = coalesce($3::date, digested_on) where id = $1', [
        subscriptionId,
        range.last,
        range.isAll ? dayOf(now) : null,
      ]);
    });
  }

  /** What is to be posted now, to sinks that are there; taken, it comes up again in an hour unless the sink has it by then. */
  take(atMost: number): Promise<DueDigest[]> {
    return this.work.run(({ query }) =>
      query<DueDigest>(
        `update subscription_digest d set next_attempt_at = $1::timestamptz + interval '1 hour' from subscription s
         where s.id = d.subscription_id and d.id in (
           select d.id from subscription_digest d join subscription s on s.id = d.subscription_id
           where d.next_attempt_at <= $1 and s.ended_at is null and s.paused_at is null and s.${openInSql} and s.broken_since is null
           order by d.id limit $2 for update of d skip locked)
         returning ${wayColumns('$1')}, d.id, d.first_sequence as "from", d.last_sequence as "to", d.count, d.sha256, d.made_at as "madeAt"`,
        [this.clock.now(), atMost],
      ),
    );
  }

  record({ id }: DueDigest, { status, errorCode }: TestedSink): Promise<void> {
    return this.work.run(({ send }) => {
      const now = this.clock.now();
      const isTaken = status !== null && status >= 200 && status < 300;
      send(
        `update subscription_digest set status = $2, error_code = $3, posted_at = case when $4 then $5::timestamptz end,
           next_attempt_at = case when not $4 and made_at > $6 then next_attempt_at end
         where id = $1 and posted_at is null`,
        [id, status, errorCode, isTaken, now, new Date(now.getTime() - patience)],
      );
    });
  }
}
