import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { frameOf, heartbeat, silence } from '@okienko/chassis/event-stream';
import { defaultLimit } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { typeOf } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { grantedInSql } from '../grants/grants.queries';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import type { FeedPage, ReadFeed } from './dispatches.dto';
import { FeedNews } from './feed-news.worker';

interface Numbered {
  readonly sequence: number;
  readonly name: string;
  /** The event as it was published; null where the grant no longer covers it. */
  readonly body: string | null;
}

/** Events that a stream takes out of the database at a time. */
const atOnce = 200;

/** What webhooks carry, to be read at the partner's own pace; the grant is asked anew for every event. */
@Injectable()
export class FeedQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionQueries,
    private readonly news: FeedNews,
  ) {}

  async page(
    id: string,
    { after = 0, limit = defaultLimit, wait = 0 }: ReadFeed,
    caller: Principal,
  ): Promise<FeedPage> {
    await this.assertOwn(id, caller);
    let rows = await this.beyond(id, after, limit + 1, caller);
    if (rows.length === 0 && wait > 0 && (await this.news.beyond(id, after, wait * 1000)))
      rows = await this.beyond(id, after, limit + 1, caller);
    const items = rows
      .slice(0, limit)
      .map(({ sequence, body }) => ({ sequence, event: body === null ? null : (JSON.parse(body) as object) }));
    const last = items.at(-1);
    return rows.length > limit && last ? { items, next: String(last.sequence) } : { items };
  }

  async assertOwn(id: string, caller: Principal): Promise<void> {
    const { partnerId } = await this.subscriptions.get(id, caller);
    if (partnerId !== caller.partnerId) throw new NotFound('subscription');
  }

  /** The same as server-sent events, under the numbers, byte for byte: what is there, and what comes. */
  async *frames(id: string, after: number, caller: Principal, end: AbortSignal): AsyncGenerator<string, void> {
    // At once, so that the client knows that it is heard.
    yield silence;
    for (let last = after; !end.aborted;) {
      const rows = await this.beyond(id, last, atOnce, caller);
      for (const { sequence, name, body } of rows) {
        yield frameOf(String(sequence), body === null ? 'withheld' : typeOf(name), body ?? 'null');
        last = sequence;
      }
      if (rows.length === atOnce) continue;
      if (!(await this.news.beyond(id, last, heartbeat, end))) yield silence;
      else if (await this.isEnded(id)) return;
    }
  }

  private beyond(id: string, after: number, limit: number, { partnerId }: Principal): Promise<Numbered[]> {
    return this.dataSource.query<Numbered[]>(
      `select d.sequence, e.name, case when ${grantedInSql('$2', 'e.name', 'e.gmina', '$3')} then e.body end as body
       from dispatch d join feed_event e on e.id = d.event_id where d.subscription_id = $1 and d.sequence > $4::bigint order by d.sequence limit $5`,
      [id, partnerId, dayOf(this.clock.now()), after, limit],
    );
  }

  private async isEnded(id: string): Promise<boolean> {
    const [found] = await this.dataSource.query<unknown[]>(
      'select from subscription where id = $1 and ended_at is not null',
      [id],
    );
    return found !== undefined;
  }
}
