import type { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { askedGauges } from './gauges';
import { countParked } from './dead-letter.queries';
import type { Messaging } from './messaging';

/** More need not be counted to know that something is wrong. */
const mostCounted = 100_000;

const waiting = `select count(*)::int as waiting, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as lag,
    (select count(*)::int from outbox_parked) as parked
  from (select created_at from outbox where seq > (select low from outbox_relay) order by seq limit ${mostCounted}) w`;

/** What waits on the way from an act to its effects: in the outbox, before the consumers, in the dead letters. */
export function watchBacklog(dataSource: DataSource, messaging: Messaging, registry: Registry): void {
  askedGauges(
    registry,
    {
      okienko_outbox_waiting: { help: 'Events that the broker has not stored yet' },
      okienko_outbox_lag_seconds: { help: 'Age of the oldest event that the broker has not stored yet' },
      okienko_outbox_parked: { help: 'Events that the broker will never take, and those behind them' },
    },
    async () => {
      const [row] = await dataSource.query<[{ waiting: number; lag: number; parked: number }]>(waiting);
      return {
        okienko_outbox_waiting: [{ value: row.waiting }],
        okienko_outbox_lag_seconds: [{ value: row.lag }],
        okienko_outbox_parked: [{ value: row.parked }],
      };
    },
  );
  askedGauges(
    registry,
    {
      okienko_dead_letters_parked: {
        help: 'Events that stand parked now, by consumer and reason',
        labels: ['consumer', 'reason'],
      },
    },
    async () => ({
      okienko_dead_letters_parked: (await countParked(dataSource)).map(({ consumer, reason, parked }) => ({
        labels: { consumer, reason },
        value: parked,
      })),
    }),
  );
  askedGauges(
    registry,
    {
      okienko_consumer_waiting: { help: 'Events that a consumer has not been given yet', labels: ['consumer'] },
      okienko_consumer_in_hand: { help: 'Events given to a consumer and not acknowledged yet', labels: ['consumer'] },
    },
    async () => {
      const backlogs = await messaging.backlogs();
      return {
        okienko_consumer_waiting: backlogs.map(({ consumer, waits }) => ({ labels: { consumer }, value: waits })),
        okienko_consumer_in_hand: backlogs.map(({ consumer, inHand }) => ({ labels: { consumer }, value: inHand })),
      };
    },
  );
}
