import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { subscribingBegins } from '../dispatches/feed.commands';
import { InboxCommands } from '../inbox/inbox.commands';
import { settleNotices } from '../inbox/settle-notices';
import { numberPast } from './numbering';
import { openInSql, Subscription } from './subscription';

/** Held by whoever makes subscriptions of a partner or grants that touch them, so that none slips through between. */
export const partnerLock = `select pg_advisory_xact_lock(hashtextextended('partner ' || current_schema() || ' ' || $1, 0))`;

/** What the director is told. */
const code = 'SUBSCRIPTION_AWAITS_APPROVAL';

const asksForIt = `select from partner_grant where partner_id = $1 and needs_approval and revoked_at is null and valid_to >= $2::date limit 1`;

/** The centre's word on subscriptions, where a grant of their partner asks for it. */
@Injectable()
export class ApprovalCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly inbox: InboxCommands,
  ) {}

  /** With the partner's lock. What is being kept at the moment is waited for, so that what came before and after is clear. */
  async isNeeded(work: Work, partnerId: string): Promise<boolean> {
    const found = await work.query(asksForIt, [partnerId, dayOf(this.clock.now())]);
    if (found.length > 0) work.send(subscribingBegins, []);
    return found.length > 0;
  }

  /** Nothing is numbered and sent from now on; at the approval it goes on with what has come since, or since an earlier moment. */
  async ask(work: Work, subscription: Subscription, since?: Date): Promise<void> {
    const { id, isOpen } = subscription;
    await work.save(subscription, subscription.askApproval());
    if (isOpen)
      await work.query(
        `update subscription set numbers_after = coalesce(
           (select max(position) from feed_event where $2::timestamptz is null or received_at < $2), 0) where id = $1`,
        [id, since ?? null],
      );
    await this.settle(work, id, subscription.partnerId);
    await this.inbox.notify(work, { causeId: uuidv7(), matterId: id, to: { role: 'director' }, kind: 'TASK', code });
  }

  /** Nobody need decide on it any more. */
  async settle(work: Work, id: string, by: string): Promise<void> {
    const open = await work.query<{ causeId: string }>(
      'select cause_id as "causeId" from notice where matter_id = $1 and code = $2 and acknowledged_at is null',
      [id, code],
    );
    for (const { causeId } of open) await settleNotices(work, causeId, by, this.clock.now());
  }

  /** Of all that run, since a grant now asks for it. */
  async askOf(work: Work, partnerId: string): Promise<void> {
    work.send(subscribingBegins, []);
    const running = await work.query<{ id: string }>(
      `select id from subscription where partner_id = $1 and ended_at is null and ${openInSql} order by id`,
      [partnerId],
    );
    for (const { id } of running) await this.ask(work, await work.load(Subscription, id));
  }

  approve(id: string, expectedVersion: number, reason: string, by: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      work.send(subscribingBegins, []);
      const now = this.clock.now();
      const subscription = await work.load(Subscription, id, expectedVersion);
      await work.save(subscription, subscription.approve({ by: by.sub, reason, now }));
      await numberPast(work, subscription, now);
      await this.settle(work, id, by.sub);
      return { id, version: subscription.version };
    });
  }

  refuse(id: string, expectedVersion: number, reason: string, by: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const now = this.clock.now();
      const subscription = await work.load(Subscription, id, expectedVersion);
      await work.save(subscription, subscription.refuse({ by: by.sub, reason, now }));
      await this.settle(work, id, by.sub);
      return { id, version: subscription.version };
    });
  }
}
