import type { Logger } from 'pino';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { untraced } from './tracing';

/** What the backbone says about itself: one wide log line per event handled, counters for the rest. Ids only, never contents. */
export class Telemetry {
  readonly published: Counter;
  readonly handled: Counter<'consumer' | 'outcome'>;
  readonly handling: Histogram<'consumer'>;
  readonly deadLetters: Counter<'consumer' | 'reason'>;
  readonly eventLag: Histogram<'consumer'>;
  readonly relayGaps: Gauge;
  readonly relayLeads: Gauge;

  constructor(
    readonly log: Logger,
    registry: Registry,
    readonly tracing = untraced,
  ) {
    const registers = [registry];
    this.published = new Counter({
      name: 'okienko_events_published_total',
      help: 'Events stored by the broker',
      registers,
    });
    this.handled = new Counter({
      name: 'okienko_events_handled_total',
      help: 'Events taken from a stream',
      labelNames: ['consumer', 'outcome'],
      registers,
    });
    this.handling = new Histogram({
      name: 'okienko_event_batch_seconds',
      help: 'Time of one inbox transaction',
      labelNames: ['consumer'],
      registers,
    });
    this.deadLetters = new Counter({
      name: 'okienko_dead_letters_total',
      help: 'Events parked',
      labelNames: ['consumer', 'reason'],
      registers,
    });
    this.eventLag = new Histogram({
      name: 'okienko_event_lag_seconds',
      help: 'From the act that an event tells of to its effect here',
      labelNames: ['consumer'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300],
      registers,
    });
    this.relayGaps = new Gauge({
      name: 'okienko_outbox_gaps',
      help: 'Outbox numbers drawn but not yet decided',
      registers,
    });
    this.relayLeads = new Gauge({
      name: 'okienko_outbox_relay_leads',
      help: '1 where this replica publishes the outbox',
      registers,
    });
  }
}
