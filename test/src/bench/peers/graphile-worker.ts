import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { Pool } from 'pg';
import type { Carrier } from '../carrier';
import { insertEffect } from '../job';
import { statements } from '../world';
import { CommandConnections } from './connections';
import { randomUUID } from 'node:crypto';

const silent = new Logger(() => () => undefined);

/** graphile-worker as batched as it goes: a local queue of 200, 24 at a time, completions together. */
export const graphileWorker = (url: string): Carrier => ({
  name: 'graphile-worker (batched)',
  async start(handled) {
    const pgPool = new Pool({ connectionString: url, max: 14 });
    // Its connections outlive the runner, and complain when they end.
    pgPool.on('error', () => undefined);
    pgPool.on('connect', (client) => client.on('error', () => undefined));
    const tools = await makeWorkerUtils({ pgPool, logger: silent });
    await tools.migrate();
    await tools.release();
    await statements(url, 'truncate filed_application, effect, graphile_worker._private_jobs');
    const runner = await run({
      pgPool,
      concurrency: 24,
      pollInterval: 1000,
      noHandleSignals: true,
      logger: silent,
      preset: { worker: { localQueue: { size: 200 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: {
        application: async (payload, { query }) => {
          const { id } = payload as { id: string };
          await query(insertEffect, [randomUUID(), id, 'received']);
          handled(id);
        },
      },
    });
    const connections = await CommandConnections.open(url, (client, id, event) =>
      client.query({
        name: 'enqueue',
        text: `select graphile_worker.add_job('application', $1::json)`,
        values: [JSON.stringify({ id, event })],
      }),
    );
    return {
      command: () => connections.command(),
      async stop() {
        await runner.stop();
        await connections.close();
        await pgPool.end();
      },
    };
  },
});
