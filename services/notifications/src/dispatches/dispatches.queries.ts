import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorValues, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { grantedInSql } from '../grants/grants.queries';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import type { DispatchView, FeedPage, ListDispatches, ReadFeed } from './dispatches.dto';

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
    await this.subscriptions.get(id, caller);
    const rows = await this.dataSource.query<DispatchView[]>(
      `select d.sequence, d.event_id as "eventId", e.name, d.subject, d.state, d.attempts,
         case d.state when 'PENDING' then d.next_attempt_at end as "nextAttemptAt", d.finished_at as "finishedAt",
         a.status as "lastStatus", a.error_code as "lastErrorCode"
       from dispatch d join feed_event e on e.id = d.event_id
       left join lateral (select status, error_code from dispatch_attempt a
                          where a.subscription_id = d.subscription_id and a.sequence = d.sequence order by a.attempt desc limit 1) a on true
       where d.subscription_id = $1 and ($2::text is null or d.state = $2) and d.sequence > $3 order by d.sequence limit $4`,
      [id, state ?? null, sequenceOf(after), limit + 1],
    );
    return pageOf(rows, limit, ({ sequence }) => [String(sequence)]);
  }

  /** What webhooks carry, to be read at the partner's own pace; the grant is asked anew for every event. */
  async feed(id: string, { after = 0, limit = defaultLimit }: ReadFeed, caller: Principal): Promise<FeedPage> {
    const { partnerId } = await this.subscriptions.get(id, caller);
    if (partnerId !== caller.partnerId) throw new NotFound('subscription');
    const rows = await this.dataSource.query<{ sequence: number; body: string | null }[]>(
      `select d.sequence, case when ${grantedInSql('$2', 'e.name', '$3')} then e.body end as body
       from dispatch d join feed_event e on e.id = d.event_id where d.subscription_id = $1 and d.sequence > $4 order by d.sequence limit $5`,
      [id, partnerId, dayOf(this.clock.now()), after, limit + 1],
    );
    const items = rows
      .slice(0, limit)
      .map(({ sequence, body }) => ({ sequence, event: body === null ? null : (JSON.parse(body) as object) }));
    const last = items.at(-1);
    return rows.length > limit && last ? { items, next: String(last.sequence) } : { items };
  }
}

const sequenceOf = (after: string | undefined): number => {
  const sequence = Number(cursorValues(after, ['text'])?.[0] ?? 0);
  return Number.isSafeInteger(sequence) ? sequence : 0;
};
