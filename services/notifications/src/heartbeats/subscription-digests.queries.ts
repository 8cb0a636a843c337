import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { DataSource } from 'typeorm';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import type { DigestView, ListDigests } from './heartbeats.dto';

@Injectable()
export class SubscriptionDigestQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly subscriptions: SubscriptionQueries,
  ) {}

  async list(id: string, { limit = defaultLimit, after }: ListDigests, caller: Principal): Promise<Page<DigestView>> {
    const beyond = cursorId(after) ?? null;
    await this.subscriptions.get(id, caller);
    const rows = await this.dataSource.query<DigestView[]>(
      `select id, first_sequence as "from", last_sequence as "to", count, sha256, made_at as "madeAt", posted_at as "postedAt", status,
         error_code as "errorCode"
       from subscription_digest where subscription_id = $1 and ($2::uuid is null or id > $2) order by id limit $3`,
      [id, beyond, limit + 1],
    );
    return pageOf(rows, limit, ({ id: last }) => [last]);
  }
}
