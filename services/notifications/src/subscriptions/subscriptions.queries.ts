import { Injectable } from '@nestjs/common';
import { has, type Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { wantedInSql } from '../dispatches/feed.commands';
import { assertKnown } from '../grants/event-types';
import { grantedInSql } from '../grants/grants.queries';
import { readFilters } from './filter';
import type { Signing } from './signed-headers';
import { lastNumberOf } from './subscription';
import type { ListSubscriptions, SubscriptionView, TriedOut, TryOut } from './subscriptions.dto';

const state = `case when s.ended_at is not null then 'ENDED' when s.approval = 'AWAITED' then 'AWAITING_APPROVAL' when s.approval = 'REFUSED' then 'REFUSED'
  when s.paused_at is not null then 'PAUSED' else 'ACTIVE' end`;
const columns = `s.id, s.partner_id as "partnerId", nullif(s.sink, '') as sink, s.types, s.filters, s.signature,
  s.posts_per_minute as "postsPerMinute", s.alert_email as "alertEmail",
  case when s.batch_size is not null then jsonb_build_object('size', s.batch_size) end as batch,
  ${state} as state,
  s.authentication, s.approval_by as "approvalBy", s.approval_at as "approvalAt", s.approval_reason as "approvalReason", s.version,
  ${lastNumberOf('s')} as "lastSequence", s.acknowledged, s.earlier_secret_until as "earlierSecretUntil", s.created_at as "createdAt", s.paused_at as "pausedAt", s.broken_since as "brokenSince", s.ended_at as "endedAt"`;

/** Which subscriptions `s` a caller may see or act on: an operator all, a partner its own until it has ended them. */
export const seesAll = (caller: Principal): boolean => has(caller, 'operator');
/** The director decides on some, and so reads them. */
const readsAll = (caller: Principal): boolean => has(caller, 'operator', 'director');
export const visible = (all: string, partnerId: string): string =>
  `(${all}::boolean or (s.partner_id = ${partnerId} and s.ended_at is null))`;

/** Where something about a subscription goes, and how it is signed. */
export interface Way extends Signing {
  /** Empty where nothing is posted. */
  readonly sink: string;
  /** How often its authentication was changed; 0 where there is none. */
  readonly credentialVersion: number;
}
export const wayColumns = (now: string): string =>
  `s.id as "subscriptionId", s.sink, s.signature, s.secret_version as "secretVersion", s.earlier_secret_until > ${now} as "isEarlierValid",
  case when s.sealed_credential is null then 0 else s.credential_version end as "credentialVersion"`;

@Injectable()
export class SubscriptionQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async list(
    { state: wanted, limit = defaultLimit, after }: ListSubscriptions,
    caller: Principal,
  ): Promise<Page<SubscriptionView>> {
    const rows = await this.dataSource.query<SubscriptionView[]>(
      `select ${columns} from subscription s where ${visible('$1', '$2')} and ($3::uuid is null or s.id > $3)
         and ($5::text is null or ${state} = $5) order by s.id limit $4`,
      [readsAll(caller), caller.partnerId ?? null, cursorId(after) ?? null, limit + 1, wanted ?? null],
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async get(id: string, caller: Principal): Promise<SubscriptionView> {
    const [row] = await this.dataSource.query<SubscriptionView[]>(
      `select ${columns} from subscription s where s.id = $3 and ${visible('$1', '$2')}`,
      [readsAll(caller), caller.partnerId ?? null, id],
    );
    if (!row) throw new NotFound('subscription');
    return row;
  }

  /** Where it is posted to, and by which keys it is signed, while it has not ended. */
  async wayOf(id: string, caller: Principal): Promise<Way> {
    const [row] = await this.dataSource.query<Way[]>(
      `select ${wayColumns('$4')} from subscription s where s.id = $3 and s.ended_at is null and ${visible('$1', '$2')}`,
      [seesAll(caller), caller.partnerId ?? null, id, this.clock.now()],
    );
    if (!row) throw new NotFound('subscription');
    return row;
  }

  /** What of the latest events that the partner may have today it would have been sent. */
  async tryOut(command: TryOut, { partnerId }: Principal): Promise<TriedOut> {
    const types = command.types ?? [];
    const filters = readFilters(command.filters ?? []);
    assertKnown(types);
    const [found] = await this.dataSource.query<[TriedOut]>(
      `with s as (select $1::jsonb as types, $2::jsonb as filters), looked as (
         select e.* from feed_event e where ${grantedInSql('$3', 'e.name', 'e.gmina', '$4')} order by e.position desc limit $5
       ), fitting as (select e.* from looked e, s where ${wantedInSql('e.name', 'e.body')})
       select (select count(*)::int from looked) as looked, (select count(*)::int from fitting) as matched, (
         select coalesce(jsonb_agg(one), '[]') from (
           select id as "eventId", name, subject, gmina, received_at as "receivedAt" from fitting order by position desc limit 50) one
       ) as examples`,
      [JSON.stringify(types), JSON.stringify(filters), partnerId ?? null, dayOf(this.clock.now()), command.last ?? 100],
    );
    return found;
  }
}
