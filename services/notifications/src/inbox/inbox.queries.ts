import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { inboxesOf } from './addressee';
import type { InboxCounts, ListNotices, NoticeView } from './inbox.dto';

/** What there is to tell about an inbox, and up to where it has been told. */
export interface InboxNews extends InboxCounts {
  readonly position: string;
  /** Ids of notices that came or changed after the position that was asked from. */
  readonly notices: string[];
}

/** A change that became visible: of a notice, or of what one account has read. */
export interface InboxChange {
  readonly noticeId: string;
  readonly inbox: string | null;
  readonly escalatedTo: string | null;
  readonly sub: string | null;
}

/** Ids in one piece of news: whoever missed more looks at the list. */
export const mostNotices = 100;

@Injectable()
export class InboxQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async list({ state, limit = defaultLimit, after }: ListNotices, caller: Principal): Promise<Page<NoticeView>> {
    const rows = await this.dataSource.query<NoticeView[]>(
      `select n.id, n.version, n.kind, n.code, n.cause_id as "causeId", n.matter_id as "matterId", n.person_id as "personId",
         n.opened_at as "openedAt", n.due_at as "dueAt", r.read_at as "readAt", n.acknowledged_by as "acknowledgedBy",
         n.acknowledged_at as "acknowledgedAt", n.escalated_at as "escalatedAt"
       from notice n left join notice_reading r on r.notice_id = n.id and r.sub = $2
       where ${mine} and ($3::text is null or n.acknowledged_at is null) and ($3 is distinct from 'unread' or r.sub is null)
         and ($4::uuid is null or n.id < $4)
       order by n.id desc limit $5`,
      [inboxesOf(caller), caller.sub, state ?? null, cursorId(after) ?? null, limit + 1],
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  async counts(caller: Principal): Promise<InboxCounts> {
    const { unread, unacknowledged, overdue } = await this.news(caller);
    return { unread, unacknowledged, overdue };
  }

  /** Counts as they are, and what has changed since a position; nothing has when none is given. */
  async news(caller: Principal, since?: string): Promise<InboxNews> {
    const [news] = await this.dataSource.query<[InboxNews]>(
      `select open.*, seen.upto::text as position, array(
         select n.id from notice n where ${mine} and n.changed_in >= $4::xid8 and n.changed_in < seen.upto
         order by n.changed_in desc limit ${mostNotices}) as notices
       from (select pg_snapshot_xmin(pg_current_snapshot()) as upto) seen, (
         select count(*)::int as unacknowledged, count(*) filter (where n.due_at <= $3)::int as overdue,
           count(*) filter (where not exists (select from notice_reading r where r.notice_id = n.id and r.sub = $2))::int as unread
         from notice n where ${mine} and n.acknowledged_at is null) open`,
      [inboxesOf(caller), caller.sub, this.clock.now(), since ?? null],
    );
    return news;
  }

  async position(): Promise<string> {
    const [{ position }] = await this.dataSource.query<[{ position: string }]>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as position',
    );
    return position;
  }

  /** What has become visible since a position, in nobody's inbox but everybody's, and the position to go on from. */
  async changesSince(position: string): Promise<{ position: string; changes: InboxChange[] }> {
    const rows = await this.dataSource.query<(InboxChange & { position: string })[]>(changes, [position]);
    return { position: rows[0]?.position ?? position, changes: rows.filter(({ noticeId }) => noticeId !== null) };
  }
}

/** Whether the notice `n` lies in one of these inboxes. */
export const mine = '(n.inbox = any($1) or n.escalated_to = any($1))';

// Below the snapshot's lowest transaction under way, everything is decided: what has been read is complete, however late a neighbour commits.
const changes = `
  select seen.upto::text as position, changed.*
  from (select pg_snapshot_xmin(pg_current_snapshot()) as upto) seen left join lateral (
    select id as "noticeId", inbox, escalated_to as "escalatedTo", null as sub from notice
    where changed_in >= $1::xid8 and changed_in < seen.upto
    union all
    select notice_id, null, null, sub from notice_reading where read_in >= $1::xid8 and read_in < seen.upto
  ) changed on true`;
