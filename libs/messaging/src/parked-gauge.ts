import { Gauge, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { countParked } from './dead-letter.queries';

/** `okienko_dead_letters_parked`, asked of the table with each scrape. Every replica tells the same: take the maximum, not the sum. */
export function watchParked(dataSource: DataSource, registry: Registry): void {
  new Gauge({
    name: 'okienko_dead_letters_parked',
    help: 'Events that stand parked now, by consumer and reason; the same on every replica',
    labelNames: ['consumer', 'reason'],
    registers: [registry],
    async collect() {
      // Without the database there is no figure, and the other metrics are still told.
      const counts = await countParked(dataSource).catch(() => []);
      this.reset();
      for (const { consumer, reason, parked } of counts) this.set({ consumer, reason }, parked);
    },
  });
}
