import { PgBoss } from 'pg-boss';
import { Pool } from 'pg';
import type { Carrier } from '../carrier';
import { statements } from '../world';
import { CommandConnections, type Payload, storeEffect } from './connections';

interface Job {
  readonly id: string;
  readonly event: Payload;
}

/** pg-boss with LISTEN/NOTIFY, batches of 100, two workers, bursts while batches are full. */
export const pgBoss = (url: string): Carrier => {
  let runs = 0;
  return {
    name: 'pg-boss (notify)',
    async start(handled) {
      await statements(url, 'truncate filed_application, effect');
      const boss = new PgBoss({
        connectionString: url,
        max: 10,
        useListenNotify: true,
        supervise: false,
        schedule: false,
      });
      boss.on('error', () => undefined);
      await boss.start();
      const queue = `applications-${(runs += 1)}`;
      await boss.createQueue(queue, { notify: true, retryLimit: 3 });
      const pool = new Pool({ connectionString: url, max: 8 });
      await boss.work<Job>(
        queue,
        {
          batchSize: 100,
          pollingIntervalSeconds: 0.5,
          notifyPollingIntervalSeconds: 0.5,
          burstWhenBatchFull: true,
          localConcurrency: 2,
        },
        async (jobs) => {
          await Promise.all(
            jobs.map(async ({ data }) => {
              await storeEffect(pool, data.id);
              handled(data.id);
            }),
          );
        },
      );
      const connections = await CommandConnections.open(url, (client, id, event) =>
        boss.send(queue, { id, event }, { db: { executeSql: (text, values) => client.query(text, values) } }),
      );
      return {
        command: () => connections.command(),
        async stop() {
          await boss.offWork(queue, { wait: true });
          await connections.close();
          await boss.stop({ graceful: false });
          await pool.end();
        },
      };
    },
  };
};
