import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { askedGauges } from '@okienko/messaging/gauges';
import { Counter, Histogram, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { openInSql } from '../subscriptions/subscription';
import type { Outcome } from './dispatches.commands';

/** More need not be counted to know that a partner is far behind. */
const mostCounted = 10_000;

interface Backlog {
  readonly subscription: string;
  readonly waiting: number;
  /** Age in seconds of the oldest event that waits. */
  readonly oldest: number;
}

// By the partial index of what waits, whose first column after the subscription is whether it was tried before.
const backlogs = `
  select s.id as subscription, coalesce(w.waiting, 0) as waiting, coalesce(extract(epoch from $1::timestamptz - e.received_at), 0)::float8 as oldest
  from subscription s
  left join lateral (select count(*)::int as waiting from (
    select from dispatch d where d.subscription_id = s.id and d.state = 'PENDING' limit ${mostCounted}) counted) w on true
  left join lateral (
    select first.event_id from (values (false), (true)) as was(tried) cross join lateral (
      select d.sequence, d.event_id from dispatch d where d.subscription_id = s.id and d.state = 'PENDING' and (d.attempts > 0) = was.tried
      order by d.sequence limit 1) first
    order by first.sequence limit 1) oldest on true
  left join feed_event e on e.id = oldest.event_id
  where s.ended_at is null and s.paused_at is null and s.${openInSql}`;

/** What goes out to partners' sinks, and what waits for them. Of a subscription its id is told, never its sink or its partner. */
@Injectable()
export class DispatchFigures {
  private readonly webhooks: Counter<'outcome'>;
  private readonly late: Histogram;
  private readonly posting: Histogram;

  constructor(dataSource: DataSource, clock: Clock, registry: Registry) {
    const registers = [registry];
    this.webhooks = new Counter({
      name: 'notifications_webhooks_total',
      help: 'Events that were posted to a sink or withheld, by what followed',
      labelNames: ['outcome'],
      registers,
    });
    this.late = new Histogram({
      name: 'notifications_webhook_late_seconds',
      help: 'From the moment at which a webhook was due to the answer of its sink',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 300],
      registers,
    });
    this.posting = new Histogram({
      name: 'notifications_webhook_seconds',
      help: 'Time that a sink took to answer',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
      registers,
    });
    askedGauges(
      registry,
      {
        notifications_webhooks_waiting: {
          help: `Events that wait for the sink of a subscription, counted up to ${mostCounted}`,
          labels: ['subscription'],
        },
        notifications_webhooks_oldest_seconds: {
          help: 'Age of the oldest event that waits for the sink of a subscription',
          labels: ['subscription'],
        },
      },
      async () => {
        const rows = await dataSource.query<Backlog[]>(backlogs, [clock.now()]);
        const of = (figure: 'waiting' | 'oldest') =>
          rows.map((row) => ({ labels: { subscription: row.subscription }, value: row[figure] }));
        return {
          notifications_webhooks_waiting: of('waiting'),
          notifications_webhooks_oldest_seconds: of('oldest'),
        };
      },
    );
  }

  note({ parcel, attempted, next, at }: Outcome): void {
    this.webhooks.inc({ outcome: next }, parcel.events.length);
    if (!attempted) return;
    this.posting.observe(attempted.milliseconds / 1000);
    const late = (at.getTime() - parcel.events[0].dueAt.getTime()) / 1000;
    for (const _ of parcel.events) this.late.observe(Math.max(0, late));
  }
}
