import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { DataSource } from 'typeorm';
import { Gathering } from '../gathering';
import { Subscription } from '../subscriptions/subscription';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import { breaksAfter, isDown, pausesAfterDays, probeDelays } from './breaker';
import { type Attempted, keptBody, keptHeaders, keptRequest } from './attempt-log';
import { type DispatchState, judge, type Verdict } from './dispatch';
import type { Parked, RangeOfNumbers, Redelivered } from './dispatches.dto';
import { assertRange } from './dispatches.queries';
import { isTakenApart, type Parcel, type Sendable } from './parcel';

/** What became of what was to be sent; without an attempt it was withheld. */
export interface Outcome {
  readonly parcel: Parcel;
  readonly attempted: Attempted | undefined;
  readonly at: Date;
  readonly next: Verdict['next'] | 'WITHHELD';
  readonly nextAt: Date | null;
  /** What was read ahead for the lane is no longer true. */
  readonly isToWait: boolean;
  readonly isTakenApart: boolean;
}

/** Of one event. */
interface Ending {
  readonly one: Sendable;
  readonly outcome: Outcome;
}

// What is put off belongs to the latest attempt: one that overran its lease must not put off the next. That it is PENDING is said by
// `finished_at`, since the indexes of what is pending would be looked through for what the primary key finds at once.
const record = `
  with outcome as (
    select * from unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::int[], $6::text[], $7::int[], $8::text[], $9::timestamptz[],
        $10::text[], $11::text[], $12::text[], $13::int[])
      as o(subscription_id, sequence, attempt, at, status, error_code, milliseconds, state, next_attempt_at, request, answer_headers, answer_body, batch_first)
  ), attempted as (
    insert into dispatch_attempt (subscription_id, sequence, attempt, at, status, error_code, milliseconds, request, answer_headers, answer_body)
    select subscription_id, sequence, attempt, at, status, error_code, milliseconds, request, answer_headers, answer_body
    from outcome where milliseconds is not null
  )
  update dispatch d set state = o.state, finished_at = case when o.state <> 'PENDING' then o.at end,
    next_attempt_at = coalesce(o.next_attempt_at, d.next_attempt_at), leased_until = null, batch_first = o.batch_first,
    attempts = case when o.milliseconds is null then d.attempts else greatest(d.attempts, o.attempt) end,
    first_attempt_at = case when o.milliseconds is null then d.first_attempt_at else coalesce(d.first_attempt_at, o.at) end
  from outcome o where d.subscription_id = o.subscription_id and d.sequence = o.sequence and d.finished_at is null
    and (o.state <> 'PENDING' or d.attempts < o.attempt)`;

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

/** Which batch it goes with when it goes again. */
const batchAfter = ({ one, outcome: { parcel, isTakenApart: isApart, nextAt } }: Ending): number | null =>
  !parcel.isBatch || !nextAt ? null : isApart ? one.sequence : parcel.sequence;

/** Bookkeeping of delivery. Of the world it says only that a sink is down, or there again. */
@Injectable()
export class DispatchCommands {
  private readonly recording = new Gathering<Ending>((endings) => this.recordAll(endings), 256);

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionQueries,
    private readonly work: UnitOfWork,
  ) {}

  /** What follows from the answer. That the sink is down is said before the lane is free for the next. */
  async judge(parcel: Parcel, attempted: Attempted | undefined): Promise<Outcome> {
    const at = this.clock.now();
    const [{ way, attempt: attempts, firstAt }] = parcel.events;
    const { subscriptionId: id, failures } = way;
    const become = (next: Outcome['next'], nextAt: Date | null = null, isToWait = false, isApart = false): Outcome => ({
      parcel,
      attempted,
      at,
      next,
      nextAt,
      isToWait,
      isTakenApart: isApart,
    });
    if (!attempted) return become('WITHHELD');
    const { answer } = attempted;
    const isAway = isDown(answer);
    if (isAway) await this.noteFailure(id);
    else if (failures > 0) await this.noteRecovery(id);
    if (isTakenApart(parcel, answer)) return become('RETRY', at, false, true);
    const verdict = judge(answer, { firstAt: firstAt ?? at, attempts }, at, Math.random);
    if (verdict.next === 'RETRY') return become('RETRY', verdict.at, isAway);
    if (verdict.next !== 'PAUSED') return become(verdict.next, null, isAway);
    await this.pause(id, at);
    return become('PAUSED', at, true);
  }

  /** Together with the others of the moment. */
  record(outcome: Outcome): Promise<unknown> {
    const [one, ...more] = outcome.parcel.events;
    const recorded = this.recording.add({ one, outcome });
    return more.length === 0
      ? recorded
      : Promise.all([recorded, ...more.map((another) => this.recording.add({ one: another, outcome }))]);
  }

  async redeliver(id: string, range: RangeOfNumbers, caller: Principal): Promise<Redelivered> {
    assertRange(range);
    await this.subscriptions.get(id, caller);
    return this.work.run(async ({ query }) => {
      const again = await query(
        `update dispatch set state = 'PENDING', finished_at = null, next_attempt_at = $4, first_attempt_at = null, batch_first = null
         where subscription_id = $1 and sequence between $2 and $3 and state <> 'PENDING' returning sequence`,
        [id, range.from, range.to, this.clock.now()],
      );
      return { count: again.length };
    });
  }

  /** Given up by hand; it can still be pulled, and sent again. What is on its way at the moment may arrive all the same. */
  async park(id: string, eventId: string, caller: Principal): Promise<Parked> {
    await this.subscriptions.get(id, caller);
    return this.work.run(async ({ query }) => {
      const [found] = await query<{ sequence: number; state: DispatchState }>(
        'select sequence, state from dispatch where subscription_id = $1 and event_id = $2 for update',
        [id, eventId],
      );
      if (!found) throw new NotFound('dispatch');
      const { sequence, state } = found;
      if (state !== 'PENDING') throw new NotInState('dispatch', 'parked', state);
      await query(
        `update dispatch set state = 'PARKED', finished_at = $3 where subscription_id = $1 and sequence = $2`,
        [id, sequence, this.clock.now()],
      );
      return { sequence, state: 'PARKED' };
    });
  }

  private async recordAll(endings: readonly Ending[]): Promise<void> {
    const ones = endings.map(({ one }) => one);
    const outcomes = endings.map(({ outcome }) => outcome);
    await this.dataSource.query(record, [
      ones.map(({ way }) => way.subscriptionId),
      ones.map(({ sequence }) => sequence),
      ones.map(({ attempt }) => attempt),
      outcomes.map(({ at }) => at.toISOString()),
      outcomes.map(({ attempted }) => attempted?.answer.status ?? null),
      outcomes.map(({ attempted }) => attempted?.answer.errorCode ?? null),
      outcomes.map(({ attempted }) => attempted?.milliseconds ?? null),
      outcomes.map(({ next }) => (next === 'RETRY' || next === 'PAUSED' ? 'PENDING' : next)),
      outcomes.map(({ nextAt }) => nextAt && nextAt.toISOString()),
      outcomes.map(({ attempted }) => attempted && keptRequest(attempted)),
      outcomes.map(({ attempted }) => attempted && keptHeaders(attempted)),
      outcomes.map(({ attempted }) => attempted && keptBody(attempted)),
      endings.map(batchAfter),
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
