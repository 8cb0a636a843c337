import { dayOf } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { feedLock, wantedInSql } from '../dispatches/feed.commands';
import { grantedInSql } from '../grants/grants.queries';
import type { Subscription } from './subscription';

/**
 * Numbers on for what has come since a moment, or while the subscription waited for its approval, in the order in which it came.
 * Whoever keeps an event now waits, and numbers after it.
 */
export async function numberPast(work: Work, { id, partnerId }: Subscription, now: Date, since?: Date): Promise<void> {
  await work.query(`select pg_advisory_xact_lock(${feedLock})`, []);
  await work.query(
    `with past as (
       select e.id, e.subject, n.last + row_number() over (order by e.position) as number from feed_event e, subscription s join subscription_number n on n.subscription_id = s.id
       where s.id = $1 and ${since ? 'e.received_at >= $5' : 'e.position > s.numbers_after'} and ${wantedInSql('e.name', 'e.body')}
         and ${grantedInSql('$2', 'e.name', 'e.gmina', '$3')}
     ), dispatched as (
       insert into dispatch (subscription_id, sequence, event_id, subject, next_attempt_at)
       select $1, number, id, subject, $4 from past
     ), numbered as (
       update subscription_number set last = last + (select count(*) from past) where subscription_id = $1
     )
     update subscription set numbers_after = null where id = $1`,
    [id, partnerId, dayOf(now), now, ...(since ? [since] : [])],
  );
}
