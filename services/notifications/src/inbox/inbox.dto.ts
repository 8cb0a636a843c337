import { PageQuery } from '@okienko/chassis/page';
import { IsIn, IsOptional } from 'class-validator';
import type { NoticeKind } from './notice';

export const inboxStates = ['unread', 'unacknowledged'] as const;

export class ListNotices extends PageQuery {
  /** `unacknowledged`: nobody has taken charge of it yet; `unread`: nor has the caller read it. */
  @IsOptional()
  @IsIn(inboxStates)
  state?: (typeof inboxStates)[number];
}

export class NoticeView {
  id!: string;
  version!: number;
  kind!: NoticeKind;
  /** What it is about, e.g. `REACH_PERSON`. */
  code!: string;
  /** Id of the event that it follows from. */
  causeId!: string;
  /** The plan, application or other matter. */
  matterId!: string;
  personId!: string | null;
  openedAt!: Date;
  /** By when somebody has to take charge of it. */
  dueAt!: Date | null;
  /** When the caller read it. */
  readAt!: Date | null;
  /** Account that took charge of it. */
  acknowledgedBy!: string | null;
  acknowledgedAt!: Date | null;
  /** Since when those who answer for it see it too. */
  escalatedAt!: Date | null;
}

/** Of what nobody has taken charge of yet. */
export class InboxCounts {
  /** Not read by the caller. */
  unread!: number;
  unacknowledged!: number;
  overdue!: number;
}
