import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { type CloudEvent, nameOf } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { coversInSql } from '../grants/event-types';
import { grantedInSql } from '../grants/grants.queries';
import { openInSql } from '../subscriptions/subscription';

/** Whoever numbers events of subscriptions holds it to the end of the transaction, so numbers become visible in their order. */
export const feedLock = `hashtextextended('feed ' || current_schema(), 0)`;
const beginningLock = `hashtextextended('feed begins ' || current_schema(), 0)`;
/** Before an event is kept; a subscription that begins in the past waits for all that are being kept, and they for it. */
const numberingBegins = `select pg_advisory_xact_lock_shared(${beginningLock})`;
export const subscribingBegins = `select pg_advisory_xact_lock(${beginningLock})`;

/** Whether the subscription `s` asks for the event; the text of the event is looked into only where there are filters. */
export const wantedInSql = (name: string, body: string): string =>
  `(s.types = '[]' or ${coversInSql('s.types', name)}) and (s.filters = '[]' or event_matches(s.filters, ${body}::jsonb))`;

@Injectable()
export class FeedCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the event, byte for byte, and gives it the next number in every subscription that wants it and may have it. Numbers are
   * dense and become visible in their order, because one transaction at a time hands them out; where nobody subscribes, none waits.
   * Whether a subscription has it is asked of each: an anti join is planned, where statistics are behind, over all dispatches.
   */
  async receive(event: CloudEvent, body: string): Promise<void> {
    const name = nameOf(event.type) ?? '';
    const now = this.clock.now();
    await this.work.run(({ send }) => {
      send(numberingBegins, []);
      send(
        `insert into feed_event (id, name, subject, sequence, gmina, body, received_at) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (id) do nothing`,
        [event.id, name, event.subject, Number(event.sequence), event.gmina ?? null, body, now],
      );
      send(`select pg_advisory_xact_lock(${feedLock}) from subscription where ended_at is null limit 1`, []);
      send(
        `with numbered as (
           update subscription_number n set last = n.last + 1 from subscription s
           where s.id = n.subscription_id and s.ended_at is null and s.${openInSql} and ${wantedInSql('$2::text', '$6')} and ${grantedInSql('s.partner_id', '$2::text', '$7::text', '$3')}
             and (select d.sequence from dispatch d where d.subscription_id = s.id and d.event_id = $1::uuid) is null
           returning n.subscription_id, n.last
         )
         insert into dispatch (subscription_id, sequence, event_id, subject, next_attempt_at)
         select subscription_id, last, $1::uuid, $4::uuid, $5::timestamptz from numbered`,
        [event.id, name, dayOf(now), event.subject, now, body, event.gmina ?? null],
      );
    });
  }
}
