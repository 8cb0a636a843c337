import { Injectable } from '@nestjs/common';
import { has, type Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { DataSource } from 'typeorm';
import type { ListSubscriptions, SubscriptionView } from './subscriptions.dto';

const columns = `s.id, s.partner_id as "partnerId", s.sink, s.types,
  case when s.ended_at is not null then 'ENDED' when s.paused_at is not null then 'PAUSED' else 'ACTIVE' end as state,
  s.last_sequence as "lastSequence", s.created_at as "createdAt", s.paused_at as "pausedAt", s.ended_at as "endedAt"`;

/** Which subscriptions `s` a caller may see: an operator all, a partner its own until it has ended them. */
export const seesAll = (caller: Principal): boolean => has(caller, 'operator');
export const visible = (all: string, partnerId: string): string =>
  `(${all}::boolean or (s.partner_id = ${partnerId} and s.ended_at is null))`;

@Injectable()
export class SubscriptionQueries {
  constructor(private readonly dataSource: DataSource) {}

  async list({ limit = defaultLimit, after }: ListSubscriptions, caller: Principal): Promise<Page<SubscriptionView>> {
    const rows = await this.dataSource.query<SubscriptionView[]>(
      `select ${columns} from subscription s where ${visible('$1', '$2')} and ($3::uuid is null or s.id > $3) order by s.id limit $4`,
      [seesAll(caller), caller.partnerId ?? null, cursorId(after) ?? null, limit + 1],
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async get(id: string, caller: Principal): Promise<SubscriptionView> {
    const [row] = await this.dataSource.query<SubscriptionView[]>(
      `select ${columns} from subscription s where s.id = $3 and ${visible('$1', '$2')}`,
      [seesAll(caller), caller.partnerId ?? null, id],
    );
    if (!row) throw new NotFound('subscription');
    return row;
  }
}
