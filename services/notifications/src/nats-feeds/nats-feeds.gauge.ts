import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { lastNumberOf } from '../subscriptions/subscription';

/** Asked of the table with each scrape. Every replica tells the same: take the maximum, not the sum. */
@Injectable()
export class NatsFeedGauge {
  constructor(dataSource: DataSource, registry: Registry) {
    new Gauge({
      name: 'notifications_nats_feed_lag',
      help: 'Events of a subscription that are numbered and do not lie ready over NATS yet; the same on every replica',
      labelNames: ['subscription'],
      registers: [registry],
      async collect() {
        // Without the database there is no figure, and the other metrics are still told.
        const feeds = await dataSource.query<{ id: string; lag: number }[]>(lags).catch(() => []);
        this.reset();
        for (const { id, lag } of feeds) this.set({ subscription: id }, lag);
      },
    });
  }
}

const lags = `select s.id, ${lastNumberOf('s')} - f.laid as lag from nats_feed f join subscription s on s.id = f.subscription_id
  where f.ended_at is null and s.ended_at is null`;
