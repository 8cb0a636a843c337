import type { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { countParked } from './dead-letter.queries';
import { askedGauges } from './gauges';
import type { Messaging } from './messaging';
import { relayState } from './operations.queries';

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
      const { waiting, oldestSeconds, parked } = await relayState(dataSource);
      return {
        okienko_outbox_waiting: [{ value: waiting }],
        okienko_outbox_lag_seconds: [{ value: oldestSeconds ?? 0 }],
        okienko_outbox_parked: [{ value: parked }],
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
      const states = await messaging.consumerStates();
      const of = (figure: 'behind' | 'underWay') =>
        states.flatMap(({ consumer, [figure]: value }) => (value === null ? [] : [{ labels: { consumer }, value }]));
      return { okienko_consumer_waiting: of('behind'), okienko_consumer_in_hand: of('underWay') };
    },
  );
}
