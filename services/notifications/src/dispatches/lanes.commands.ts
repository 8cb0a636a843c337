import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { grantedInSql } from '../grants/grants.queries';
import { openInSql } from '../subscriptions/subscription';
import { wayColumns } from '../subscriptions/subscriptions.queries';
import { breaksAfter } from './breaker';
import { FeedEvents } from './feed-events.queries';
import { bite, type Lane, laneLease, laneWidth } from './lane';
import type { Batchable, LaneWay, Parcel, Sendable } from './parcel';

/** Posts that the sink of `s` takes by its own word: what has come together since the last ones, for a second at most. */
const agreed = `case when s.posts_per_minute is null then ${bite} else least(greatest(1, s.posts_per_minute / 60), ${laneWidth},
  floor(extract(epoch from $1::timestamptz - coalesce(s.paced_at, s.created_at - interval '1 minute')) * s.posts_per_minute / 60)) end`;

const waits = `d.subscription_id = s.id and d.state = 'PENDING' and d.next_attempt_at <= $1 and (d.leased_until is null or d.leased_until <= $1)`;
const firstOfSubject = `(select first.sequence from dispatch first where first.subscription_id = d.subscription_id
          and first.subject = d.subject and first.state = 'PENDING' order by first.subject, first.sequence limit 1)`;
/**
 * Whether `d` may go now. It waits for the unfinished ones before it about the same subject, in its own subscription only. The
 * first about its subject is found by one look into the index of that order: an anti join, or `min`, is planned, where statistics
 * are behind, to look through the whole backlog for each. `leased_until` is what a replica of the version before has in hand.
 */
const sendable = `${waits} and d.sequence = ${firstOfSubject}`;

/** Lanes that nobody holds and in which something may go, in one order, so that two replicas cannot wait for each other. */
const take = `
  insert into dispatch_lane as lane (subscription_id, held_by, held_until)
  select s.id, $2, $3 from subscription s
  where s.ended_at is null and s.paused_at is null and s.${openInSql} and (s.broken_since is null or s.probe_at <= $1) and ${agreed} >= 1
    and not exists (select from dispatch_lane l where l.subscription_id = s.id and l.held_until > $1)
    and exists (select from dispatch d where ${sendable})
  order by s.id limit $4
  on conflict (subscription_id) do update set held_by = excluded.held_by, held_until = excluded.held_until where lane.held_until <= $1
  returning lane.subscription_id as id, (select batch_size is not null from subscription where id = lane.subscription_id) as "isBatched"`;

/** Posts that `s` may be sent now: one that failed gets no more than it takes to break the circuit, and one that is down a probe when it is due. */
const atMost = (room: string, inHand: string): string =>
  `greatest(0, least(${agreed}, case when s.broken_since is not null then case when s.probe_at <= $1 then 1 - ${inHand} else 0 end
        when s.failures > 0 then least(${room}, ${breaksAfter} - ${inHand}) else ${room} end))`;

/** Of `d` and its subscription `s`, what it takes to send it. */
const parts = `s.id, s.partner_id, d.sequence, d.event_id, d.attempts + 1 as attempt, d.first_attempt_at, d.next_attempt_at`;
/** A row for each lane. A partner's grants are asked once for all events of a name and a gmina. */
const sendables = (more = ''): string => `
  known as (select p.*, e.name, coalesce(e.gmina, '') as gmina from picked p join feed_event e on e.id = p.event_id),
  asked as materialized (
    select k.*, ${grantedInSql('k.partner_id', 'k.name', "nullif(k.gmina, '')", '$3')} as granted
    from (select distinct partner_id, name, gmina from known) k
  )
  select ${wayColumns('$1')}, s.partner_id as "partnerId", s.failures, lane.* from (
    select id, json_agg(sequence) as sequences, json_agg(event_id) as events, json_agg(granted) as grants, json_agg(attempt) as attempts,
      json_agg(first_attempt_at) as "firstAt", json_agg(next_attempt_at) as "dueAt" ${more}
    from (select * from known join asked using (partner_id, name, gmina) order by id, attempt > 1, sequence) one group by id
  ) lane join subscription s on s.id = lane.id`;
const held = `join dispatch_lane held on held.subscription_id = lane.id and held.held_by = $2 and held.held_until > $1
    join subscription s on s.id = lane.id and s.ended_at is null and s.paused_at is null and s.${openInSql}`;
const paced = `paced as (
    update subscription set paced_at = $1 where posts_per_minute is not null and id in (select id from picked)
  )`;

/** Fresh ones before repeated ones, without what the lane has in hand. */
const read = `
  with picked as (
    select ${parts} from unnest($4::uuid[], $5::int[], $6::text[]) as lane(id, room, in_hand) ${held}
    cross join lateral (
      select d.* from dispatch d where d.sequence <> all(lane.in_hand::int[]) and ${sendable}
      order by d.attempts > 0, d.sequence limit ${atMost('lane.room', 'cardinality(lane.in_hand::int[])')}
    ) d
  ), ${paced}, ${sendables()}`;

/** The first that may go, and what is next to it; what went together before, alone. */
const readBatches = `
  with picked as (
    select ${parts}, ${firstOfSubject} as earliest from unnest($4::uuid[]) as lane(id) ${held}
    cross join lateral (
      select d.sequence, d.batch_first from dispatch d where ${sendable}
      order by d.attempts > 0, d.sequence limit ${atMost('1', '0')}
    ) first
    join dispatch d on ${waits} and d.sequence between first.sequence and first.sequence + s.batch_size - 1
      and d.batch_first is not distinct from first.batch_first
  ), ${paced}, ${sendables(', json_agg(earliest) as earliest')}`;

/** What a lane may send, a column for each of its parts. */
interface Read extends LaneWay {
  readonly sequences: readonly number[];
  readonly events: readonly string[];
  readonly grants: readonly boolean[];
  readonly attempts: readonly number[];
  readonly firstAt: readonly (string | null)[];
  readonly dueAt: readonly string[];
}

interface ReadBatch extends Read {
  readonly earliest: readonly number[];
}

interface Taken {
  readonly id: string;
  readonly isBatched: boolean;
}

/**
 * A lane belongs to one replica until the lease ends, so what goes through it needs no lease of its own. Taking and reading are two
 * statements: what the holder before has recorded is seen only by a statement that begins after the taking.
 */
@Injectable()
export class LaneCommands {
  private readonly holder = randomUUID();

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly events: FeedEvents,
  ) {}

  take(most: number): Promise<Taken[]> {
    return this.dataSource.query<Taken[]>(take, [this.clock.now(), this.holder, this.leaseEnd(), most]);
  }

  /** By subscription. */
  async read(lanes: readonly Lane<Parcel>[]): Promise<Map<string, Sendable[]>> {
    if (lanes.length === 0) return new Map();
    const rows = await this.dataSource.query<Read[]>(read, [
      ...this.present(),
      lanes.map(({ subscriptionId }) => subscriptionId),
      lanes.map(({ room }) => room),
      lanes.map(({ inHand }) => `{${inHand.join()}}`),
    ]);
    return this.withEvents(rows, (one) => one);
  }

  async readBatches(lanes: readonly Lane<Parcel>[]): Promise<Map<string, Batchable[]>> {
    if (lanes.length === 0) return new Map();
    const rows = await this.dataSource.query<ReadBatch[]>(readBatches, [
      ...this.present(),
      lanes.map(({ subscriptionId }) => subscriptionId),
    ]);
    return this.withEvents(rows, (one, { earliest }, index) => ({ ...one, earliest: earliest[index] ?? 0 }));
  }

  /** Which of the lanes are still held, and will be until the lease ends anew. */
  async renew(ids: readonly string[]): Promise<string[]> {
    const [held] = await this.dataSource.query<[{ id: string }[], number]>(
      `update dispatch_lane set held_until = $3 where held_by = $1 and held_until > $2 and subscription_id = any($4) returning subscription_id as id`,
      [this.holder, this.clock.now(), this.leaseEnd(), ids],
    );
    return held.map(({ id }) => id);
  }

  async release(ids: readonly string[]): Promise<void> {
    await this.dataSource.query(
      'update dispatch_lane set held_until = $2 where held_by = $1 and held_until > $2 and subscription_id = any($3)',
      [this.holder, this.clock.now(), ids],
    );
  }

  private async withEvents<Row extends Read, Item>(
    rows: readonly Row[],
    itemOf: (one: Sendable, row: Row, index: number) => Item,
  ): Promise<Map<string, Item[]>> {
    await this.events.fetch(new Set(rows.flatMap(({ events }) => events)));
    return new Map(
      rows.map((way) => {
        const items: Item[] = [];
        for (const [index, sequence] of way.sequences.entries()) {
          const event = this.events.get(way.events[index] ?? '');
          const [firstAt, dueAt] = [way.firstAt[index], way.dueAt[index]];
          if (!event || dueAt === undefined) continue;
          const granted = way.grants[index] === true;
          const attempt = way.attempts[index] ?? 1;
          const first = firstAt ? new Date(firstAt) : null;
          items.push(
            itemOf({ way, sequence, event, granted, attempt, firstAt: first, dueAt: new Date(dueAt) }, way, index),
          );
        }
        return [way.subscriptionId, items];
      }),
    );
  }

  private present(): [Date, string, string] {
    const now = this.clock.now();
    return [now, this.holder, dayOf(now)];
  }

  private leaseEnd(): Date {
    return new Date(this.clock.now().getTime() + laneLease);
  }
}
