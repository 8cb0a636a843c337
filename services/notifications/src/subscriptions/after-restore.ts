import type { Follow } from '@okienko/messaging/after-restore';
import { feedLock } from '../dispatches/feed.commands';

/** So much of one feed lies unread on the broker at most (`laying.commands.ts`). */
const mostUnread = 1000;

/** No grant covers it. */
const nothing = 'notifications.restore.passed-over.v1';

/**
 * A number that a partner was given in the time that was lost must never mean another event: as many numbers as may have been given out are
 * passed over. They stand in the feed as withheld, so nobody waits for them, no cursor is ahead of the centre, and digests differ exactly where
 * a partner has what the centre has lost. What lay unread on the broker is laid again; a reader knows it by its numbers.
 */
export const afterRestore: Follow = async (sql, numbers) => {
  await sql.query(`select pg_advisory_xact_lock(${feedLock})`);
  const passedOver = await sql.query(
    `with passed as (
       insert into feed_event (id, name, subject, sequence, body, received_at)
       select gen_random_uuid(), '${nothing}', gen_random_uuid(), n, '{}', now() from generate_series(1, $1::int) n returning id, sequence, subject
     ), dispatched as (
       insert into dispatch (subscription_id, sequence, event_id, subject, state, next_attempt_at, finished_at)
       select s.id, n.last + p.sequence, p.id, p.subject, 'WITHHELD', now(), now()
       from passed p, subscription s join subscription_number n on n.subscription_id = s.id where s.ended_at is null
     )
     update subscription_number n set last = n.last + $1 from subscription s
     where s.id = n.subscription_id and s.ended_at is null and $1 > 0 returning s.id`,
    [numbers],
  );
  await sql.query('delete from laying_under_way');
  const laid = await sql.query(
    `update nats_feed f set granted = null, laid = greatest(least(f.laid, s.acknowledged), f.laid - ${mostUnread}, 0)
     from subscription s where s.id = f.subscription_id returning f.subscription_id`,
  );
  return { subscriptions: passedOver.length, numbersPassedOver: numbers, natsFeedsLaidAgain: laid.length };
};
