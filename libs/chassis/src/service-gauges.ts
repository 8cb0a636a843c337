import { askedGauges } from '@okienko/messaging/gauges';
import type { Messaging } from '@okienko/messaging/messaging';
import type { Pool } from 'pg';
import { Gauge, type Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { version } from './version';

const unanchored = `select coalesce(extract(epoch from now() - min(at)), 0)::float8 as age from access_log
  where at > (select anchored_at from access_log_anchoring)`;

/** What a replica says about itself, and what all of them say about the log of accesses. */
export function watchService(database: DataSource, messaging: Messaging, registry: Registry): void {
  const registers = [registry];
  new Gauge({
    name: 'okienko_build_info',
    help: '1 for the version that runs',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);
  new Gauge({
    name: 'okienko_broker_connected',
    help: '1 where this replica can reach the broker, has its streams, and publishes and consumes',
    registers,
    collect() {
      this.set(messaging.isFlowing ? 1 : 0);
    },
  });
  const { master: pool } = database.driver as unknown as { readonly master: Pool };
  new Gauge({
    name: 'okienko_database_connections_max',
    help: 'Connections to the database that this replica may have',
    registers,
  }).set(pool.options.max);
  new Gauge({
    name: 'okienko_database_connections',
    help: 'Connections of this replica that are busy or idle, and requests that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      const { totalCount, idleCount, waitingCount } = pool;
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
  askedGauges(
    registry,
    {
      okienko_access_log_unanchored_seconds: {
        help: 'Age of the oldest access of which no anchor has been published yet',
      },
    },
    async () => {
      const [row] = await database.query<[{ age: number }]>(unanchored);
      return { okienko_access_log_unanchored_seconds: [{ value: row.age }] };
    },
  );
}
