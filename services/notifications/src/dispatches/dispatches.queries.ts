import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorValues, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { coversInSql } from '../grants/event-types';
import { grantedInSql } from '../grants/grants.queries';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import type {
  AskWhy,
  Backlog,
  DispatchAttemptView,
  DispatchOfEvent,
  DispatchView,
  DispatchWithAttempts,
  Explanation,
  ListDispatches,
  RangeDigest,
  RangeOfNumbers,
} from './dispatches.dto';
import { wantedInSql } from './feed.commands';

const dispatches = (more = ''): string => `
  select ${more} d.sequence, d.event_id as "eventId", e.name, d.subject, d.state, d.attempts,
    case d.state when 'PENDING' then d.next_attempt_at end as "nextAttemptAt", d.finished_at as "finishedAt",
    a.status as "lastStatus", a.error_code as "lastErrorCode"
  from dispatch d join feed_event e on e.id = d.event_id
  left join lateral (select status, error_code from dispatch_attempt a
                     where a.subscription_id = d.subscription_id and a.sequence = d.sequence order by a.at desc, a.attempt desc limit 1) a on true`;

/** Of a row of `dispatch_attempt`. */
export const attemptColumns = `attempt, at, status, error_code as "errorCode", milliseconds, request::jsonb as request,
  answer_headers::jsonb as "answerHeaders", answer_body as "answerBody"`;
const coversTypes = `(s.types = '[]' or ${coversInSql('s.types', 'e.name')})`;
/** Written out, because a partial index helps only with what is known when the statement is planned. */
const inState = {
  PENDING: `and d.state = 'PENDING'`,
  DELIVERED: `and d.state = 'DELIVERED'`,
  WITHHELD: `and d.state = 'WITHHELD'`,
  PARKED: `and d.state = 'PARKED'`,
} as const;
export const longestRange = 10_000;
/** Of rows of `dispatch`: a line `<number> <event id>` for each, in order. */
export const digestColumns = `count(*)::int as count,
  encode(sha256(convert_to(coalesce(string_agg(sequence || ' ' || event_id || chr(10), '' order by sequence), ''), 'UTF8')), 'hex') as sha256`;

export class RangeRefused extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'range-refused';
  constructor(longest: number) {
    super(`Name the first and the last number of a range of at most ${longest.toLocaleString('en')} numbers.`);
  }
}

export function assertRange({ from, to }: RangeOfNumbers, longest = longestRange): void {
  if (to < from || to - from >= longest) throw new RangeRefused(longest);
}

@Injectable()
export class DispatchQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionQueries,
  ) {}

  async list(
    id: string,
    { state, limit = defaultLimit, after }: ListDispatches,
    caller: Principal,
  ): Promise<Page<DispatchView>> {
    const sequence = sequenceOf(after);
    await this.subscriptions.get(id, caller);
    const rows = await this.dataSource.query<DispatchView[]>(
      `${dispatches()} where d.subscription_id = $1 ${state ? inState[state] : ''} and d.sequence > $2 order by d.sequence limit $3`,
      [id, sequence, limit + 1],
    );
    return pageOf(rows, limit, ({ sequence }) => [String(sequence)]);
  }

  /** With every attempt: when, how long, and what came back. */
  async get(id: string, eventId: string, caller: Principal): Promise<DispatchWithAttempts> {
    await this.subscriptions.get(id, caller);
    const [row] = await this.dataSource.query<DispatchView[]>(
      `${dispatches()} where d.subscription_id = $1 and d.event_id = $2`,
      [id, eventId],
    );
    if (!row) throw new NotFound('dispatch');
    const attemptsMade = await this.dataSource.query<DispatchAttemptView[]>(
      `select ${attemptColumns} from dispatch_attempt
       where subscription_id = $1 and sequence = $2 order by at, attempt`,
      [id, row.sequence],
    );
    return { ...row, attemptsMade };
  }

  /** In every subscription that it was numbered for. */
  ofEvent(id: string): Promise<DispatchOfEvent[]> {
    const ofSubscription = `s.id as "subscriptionId", s.partner_id as "partnerId", case when s.sink = '' then 'PULLED' else 'PUSHED' end as way,
      s.broken_since as "brokenSince", s.paused_at as "pausedAt", s.acknowledged >= d.sequence as acknowledged,`;
    return this.dataSource.query(
      `${dispatches(ofSubscription)} join subscription s on s.id = d.subscription_id where d.event_id = $1 order by s.partner_id, s.id`,
      [id],
    );
  }

  /** Of subscriptions that have not ended. */
  backlogs(): Promise<Backlog[]> {
    return this.dataSource.query(
      `select s.id as "subscriptionId", s.partner_id as "partnerId", w.waiting, w."oldestSeconds",
         (select count(*)::int from dispatch d where d.subscription_id = s.id and d.state = 'PARKED') as parked,
         s.broken_since as "brokenSince", s.paused_at as "pausedAt"
       from subscription s cross join lateral (
         select count(*)::int as waiting, extract(epoch from $1 - min(e.received_at))::float8 as "oldestSeconds"
         from dispatch d join feed_event e on e.id = d.event_id where d.subscription_id = s.id and d.state = 'PENDING') w
       where s.ended_at is null order by w."oldestSeconds" desc nulls last, s.id`,
      [this.clock.now()],
    );
  }

  /** By it a partner proves that it has everything, without reading everything. */
  async digest(id: string, { from, to }: RangeOfNumbers, caller: Principal): Promise<RangeDigest> {
    assertRange({ from, to });
    await this.subscriptions.get(id, caller);
    const [row] = await this.dataSource.query<[Pick<RangeDigest, 'count' | 'sha256'>]>(
      `select ${digestColumns} from dispatch where subscription_id = $1 and sequence between $2 and $3`,
      [id, from, to],
    );
    return { from, to, ...row };
  }

  /** Why an event did not come, as far as it can be told from what is kept. */
  async explain(id: string, { eventId }: AskWhy, caller: Principal): Promise<Explanation> {
    const { partnerId } = await this.subscriptions.get(id, caller);
    const [row] = await this.dataSource.query<Explanation[]>(
      `select d.sequence, d.state, case
           when d.sequence is not null then 'DISPATCHED'
           when not ${grantedInSql('$3', 'e.name', 'e.gmina', '$4')} then 'NOT_GRANTED'
           when not ${coversTypes} then 'OTHER_TYPES'
           when not ${wantedInSql('e.name', 'e.body')} then 'FILTERED'
           else 'BEFORE_ITS_TIME' end as because
       from feed_event e join subscription s on s.id = $1
       left join dispatch d on d.subscription_id = s.id and d.event_id = e.id where e.id = $2`,
      [id, eventId, partnerId, dayOf(this.clock.now())],
    );
    return row ?? { because: 'UNKNOWN', sequence: null, state: null };
  }
}

const sequenceOf = (after: string | undefined): number => {
  const sequence = Number(cursorValues(after, ['text'])?.[0] ?? 0);
  return Number.isSafeInteger(sequence) ? sequence : 0;
};
