import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';

/** `okienko_deadlines_overdue`, asked of the table with each scrape. Every replica tells the same: take the maximum, not the sum. */
@Injectable()
export class OverdueGauge {
  constructor(dataSource: DataSource, registry: Registry) {
    new Gauge({
      name: 'okienko_deadlines_overdue',
      help: 'Terms that have been missed and still wait, by kind; the same on every replica',
      labelNames: ['kind'],
      registers: [registry],
      async collect() {
        // Without the database there is no figure, and the other metrics are still told.
        const rows = await dataSource.query<{ kind: string; overdue: number }[]>(overdue).catch(() => []);
        this.reset();
        for (const row of rows) this.set({ kind: row.kind }, row.overdue);
      },
    });
  }
}

const overdue = `select kind, count(*)::int as overdue from deadline where ended_at is null and told = 'MISSED' group by kind`;
