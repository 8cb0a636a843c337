import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { DataSource } from 'typeorm';
import { Gathering } from '../gathering';
import { grantedInSql } from '../grants/grants.queries';
import { leaseTime } from '../lease';
import { openInSql, Subscription } from '../subscriptions/subscription';
import { SubscriptionQueries, type Way, wayColumns } from '../subscriptions/subscriptions.queries';
import { breaksAfter, isDown, pausesAfterDays, probeDelays } from './breaker';
import { type Answer, judge, type Verdict } from './dispatch';
import type { RangeOfNumbers, Redelivered } from './dispatches.dto';
import { assertRange } from './dispatches.queries';

export interface Leased extends Way {
  readonly partnerId: string;
  readonly sequence: number;
  readonly eventId: string;
  readonly name: string;
  readonly body: string;
  readonly granted: boolean;
  /** How often in a row the sink was down before this attempt. */
  readonly failures: number;
  readonly attempts: number;
  readonly firstAt: Date;
}

interface Outcome {
  readonly leased: Leased;
  readonly answer: Answer;
  readonly milliseconds: number;
  readonly at: Date;
  readonly verdict: Verdict;
}

/** So many at a time go to one sink, whatever the number of replicas: a slow one keeps nobody else waiting. */
const lane = 16;

/** Posts that the sink of `s` takes by its own word: what has come together since the last ones, for a second at most. */
const agreed = `case when s.posts_per_minute is null then ${lane} else least(greatest(1, s.posts_per_minute / 60),
  floor(extract(epoch from $1::timestamptz - coalesce(s.paced_at, s.created_at - interval '1 minute')) * s.posts_per_minute / 60)) end`;

/**
 * Takes out what may be sent now. A dispatch waits for the unfinished ones before it about the same subject, in its own
 * subscription only; fresh ones go before repeated ones; what is leased belongs to one replica until the lease ends. A sink
 * that is down is asked by one at a time, when a probe is due. The first about its subject is found by `min`: an anti join is
 * planned, where statistics are behind, to look through the whole backlog for each.
 */
const leaseDue = `
  with s as (
    select * from subscription where ended_at is null and paused_at is null and ${openInSql} and posts_per_minute is null
    union all
    select * from (select * from subscription s where ended_at is null and paused_at is null and ${openInSql} and posts_per_minute is not null
                     and ${agreed} >= 1 for update skip locked) paced
  ), due as (
    select picked.* from s cross join lateral (
      select d.subscription_id, d.sequence from dispatch d
      where d.subscription_id = s.id and d.state = 'PENDING' and d.next_attempt_at <= $1 and (d.leased_until is null or d.leased_until <= $1)
        and d.sequence = (select min(first.sequence) from dispatch first where first.subscription_id = d.subscription_id
                          and first.subject = d.subject and first.state = 'PENDING')
      order by d.attempts > 0, d.sequence
      limit greatest(0, least(${agreed}, case when s.broken_since is null then ${lane} when s.probe_at <= $1 then 1 else 0 end
        - (select count(*) from dispatch l where l.subscription_id = s.id and l.state = 'PENDING' and l.leased_until > $1)))
      for update skip locked
    ) picked
  ), paced as (
    update subscription set paced_at = $1 where posts_per_minute is not null and id in (select subscription_id from due)
  ), leased as (
    update dispatch d set leased_until = $2, attempts = d.attempts + 1, first_attempt_at = coalesce(d.first_attempt_at, $1)
    from due where d.subscription_id = due.subscription_id and d.sequence = due.sequence
    returning d.*
  )
  select ${wayColumns('$1')}, s.partner_id as "partnerId", d.sequence, d.event_id as "eventId", e.name, e.body,
    s.failures, d.attempts, d.first_attempt_at as "firstAt", ${grantedInSql('s.partner_id', 'e.name', 'e.gmina', '$3')} as granted
  from leased d join subscription s on s.id = d.subscription_id join feed_event e on e.id = d.event_id
  order by d.subscription_id, d.sequence`;

// What is put off belongs to the latest attempt: one that overran its lease must not take the lease from the next.
const record = `
  with outcome as (
    select * from unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::int[], $6::text[], $7::int[], $8::text[], $9::timestamptz[])
      as o(subscription_id, sequence, attempt, at, status, error_code, milliseconds, state, next_attempt_at)
  ), attempted as (
    insert into dispatch_attempt (subscription_id, sequence, attempt, at, status, error_code, milliseconds)
    select subscription_id, sequence, attempt, at, status, error_code, milliseconds from outcome on conflict do nothing
  )
  update dispatch d set state = o.state, finished_at = case when o.state <> 'PENDING' then o.at end,
    next_attempt_at = coalesce(o.next_attempt_at, d.next_attempt_at), leased_until = null
  from outcome o where d.subscription_id = o.subscription_id and d.sequence = o.sequence and d.state = 'PENDING'
    and (o.state <> 'PENDING' or d.attempts = o.attempt)`;

const failed = `
  update subscription s set failures = s.failures + 1,
    broken_since = case when s.failures + 1 >= ${breaksAfter} then coalesce(s.broken_since, $2) end,
    probe_at = case when s.failures + 1 >= ${breaksAfter} then
      $2 + make_interval(secs => ($3::float8[])[least(s.failures + 2 - ${breaksAfter}, ${probeDelays.length})] / 1000 * (1 + random() / 5)) end,
    paused_at = case when s.broken_since < $2 - interval '${pausesAfterDays} days' then coalesce(s.paused_at, $2) else s.paused_at end,
    gave_up_at = case when s.broken_since < $2 - interval '${pausesAfterDays} days' then coalesce(s.gave_up_at, $2) else s.gave_up_at end
  from subscription before where s.id = $1 and before.id = s.id
  returning s.broken_since is not null and before.broken_since is null as breaks`;

const recovered = `
  update subscription s set failures = 0, broken_since = null, probe_at = null from subscription before
  where s.id = $1 and before.id = s.id and before.failures > 0 returning before.broken_since is not null as recovers`;

/** Bookkeeping of delivery. Of the world it says only that a sink is down, or there again. */
@Injectable()
export class DispatchCommands {
  private readonly recording = new Gathering<Outcome>((outcomes) => this.recordAll(outcomes), 256);

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionQueries,
    private readonly work: UnitOfWork,
  ) {}

  lease(): Promise<Leased[]> {
    const now = this.clock.now();
    return this.dataSource.query<Leased[]>(leaseDue, [now, new Date(now.getTime() + leaseTime), dayOf(now)]);
  }

  async renew(leased: readonly Leased[]): Promise<void> {
    await this.dataSource.query(
      `update dispatch d set leased_until = $1 from unnest($2::uuid[], $3::int[], $4::int[]) as held(subscription_id, sequence, attempts)
       where d.subscription_id = held.subscription_id and d.sequence = held.sequence and d.attempts = held.attempts and d.state = 'PENDING' and d.leased_until is not null`,
      [
        new Date(this.clock.now().getTime() + leaseTime),
        leased.map(({ subscriptionId }) => subscriptionId),
        leased.map(({ sequence }) => sequence),
        leased.map(({ attempts }) => attempts),
      ],
    );
  }

  withhold({ subscriptionId, sequence }: Leased): Promise<void> {
    return this.dataSource.query(
      `update dispatch set state = 'WITHHELD', finished_at = $3, leased_until = null
       where subscription_id = $1 and sequence = $2 and state = 'PENDING'`,
      [subscriptionId, sequence, this.clock.now()],
    );
  }

  /** Records the attempt and what follows from the answer, together with the others of the moment; returns that for the log. */
  async record(leased: Leased, answer: Answer, milliseconds: number): Promise<string> {
    const at = this.clock.now();
    const verdict = judge(answer, leased, at, Math.random);
    // Before the lane is free for the next.
    if (isDown(answer)) await this.noteFailure(leased.subscriptionId);
    else if (leased.failures > 0) await this.noteRecovery(leased.subscriptionId);
    if (verdict.next === 'PAUSED') await this.pause(leased.subscriptionId, at);
    await this.recording.add({ leased, answer, milliseconds, at, verdict });
    return verdict.next;
  }

  async redeliver(id: string, range: RangeOfNumbers, caller: Principal): Promise<Redelivered> {
    assertRange(range);
    await this.subscriptions.get(id, caller);
    return this.work.run(async ({ query }) => {
      const again = await query(
        `update dispatch set state = 'PENDING', finished_at = null, next_attempt_at = $4, first_attempt_at = null, attempts = attempts + 1
         where subscription_id = $1 and sequence between $2 and $3 and state <> 'PENDING' returning sequence`,
        [id, range.from, range.to, this.clock.now()],
      );
      return { count: again.length };
    });
  }

  private async recordAll(outcomes: readonly Outcome[]): Promise<void> {
    await this.dataSource.query(record, [
      outcomes.map(({ leased }) => leased.subscriptionId),
      outcomes.map(({ leased }) => leased.sequence),
      outcomes.map(({ leased }) => leased.attempts),
      outcomes.map(({ at }) => at),
      outcomes.map(({ answer }) => answer.status ?? null),
      outcomes.map(({ answer }) => answer.errorCode ?? null),
      outcomes.map(({ milliseconds }) => milliseconds),
      outcomes.map(({ verdict: { next } }) => (next === 'RETRY' || next === 'PAUSED' ? 'PENDING' : next)),
      outcomes.map(({ verdict, at }) =>
        verdict.next === 'RETRY' ? verdict.at : verdict.next === 'PAUSED' ? at : null,
      ),
    ]);
  }

  private async noteFailure(id: string): Promise<void> {
    await this.work.run(async ({ query, load, save }) => {
      const [row] = await query<{ breaks: boolean }>(failed, [id, this.clock.now(), probeDelays]);
      if (!row?.breaks) return;
      const subscription = await load(Subscription, id);
      await save(subscription, subscription.failing());
    });
  }

  /** What had to wait for the sink waits no longer. */
  private async noteRecovery(id: string): Promise<void> {
    await this.work.run(async ({ query, load, save }) => {
      const [row] = await query<{ recovers: boolean }>(recovered, [id]);
      if (!row?.recovers) return;
      await query(
        `update dispatch set next_attempt_at = $2 where subscription_id = $1 and state = 'PENDING' and next_attempt_at > $2`,
        [id, this.clock.now()],
      );
      const subscription = await load(Subscription, id);
      await save(subscription, subscription.recovered());
    });
  }

  private async pause(subscriptionId: string, now: Date): Promise<void> {
    await this.dataSource.query(
      'update subscription set paused_at = $2, gave_up_at = $2 where id = $1 and paused_at is null',
      [subscriptionId, now],
    );
  }
}
