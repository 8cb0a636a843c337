import { setTimeout as pause } from 'node:timers/promises';
import {
  createReplicationFullConcurrencyController,
  DatabaseSetup,
  getDisabledLogger,
  initializeMessageStorage,
  initializeReplicationMessageListener,
} from 'pg-transactional-outbox';
import { type Client } from 'pg';
import type { Carrier } from '../carrier';
import { statements } from '../world';
import { CommandConnections, storeEffect } from './connections';

const slot = 'pto_slot';

/** pg-transactional-outbox by logical replication, with all messages handled at once. */
export const pgTransactionalOutbox = (url: string): Carrier => ({
  name: 'pg-transactional-outbox (replication)',
  async start(handled) {
    const connection = { connectionString: url, max: 10 };
    const setup = {
      outboxOrInbox: 'outbox' as const,
      database: new URL(url).pathname.slice(1),
      schema: 'pto',
      table: 'outbox',
      listenerRole: 'postgres',
      handlerRole: 'postgres',
      publication: 'pto_publication',
      replicationSlot: slot,
    };
    await statements(
      url,
      'truncate filed_application, effect',
      'create schema if not exists pto',
      'drop publication if exists pto_publication',
      DatabaseSetup.dropAndCreateTable(setup),
      DatabaseSetup.setupReplicationCore(setup),
      `select pg_create_logical_replication_slot('${slot}', 'pgoutput')`,
    );
    const config = {
      outboxOrInbox: 'outbox' as const,
      dbListenerConfig: connection,
      dbHandlerConfig: connection,
      settings: {
        dbSchema: 'pto',
        dbTable: 'outbox',
        enableMaxAttemptsProtection: false,
        enablePoisonousMessageProtection: false,
        dbPublication: 'pto_publication',
        dbReplicationSlot: slot,
        messageCleanupIntervalInMs: 0,
        messageProcessingTimeoutInMs: 15_000,
      },
    };
    const logger = getDisabledLogger();
    const store = initializeMessageStorage(config, logger);
    const [stopListening] = initializeReplicationMessageListener(
      config,
      {
        handle: async ({ aggregateId }, client) => {
          await storeEffect(client as Client, aggregateId);
          onCommit(client as Client, () => handled(aggregateId));
        },
      },
      logger,
      { concurrencyStrategy: createReplicationFullConcurrencyController() },
    );
    const connections = await CommandConnections.open(url, (client, id, event) =>
      store(
        {
          id: event['id'] as string,
          aggregateType: 'application',
          aggregateId: id,
          messageType: 'submitted',
          segment: id,
          payload: event,
          metadata: {},
        },
        client,
      ),
    );
    return {
      command: () => connections.command(),
      async stop() {
        await stopListening();
        await connections.close();
        await dropSlot(url);
      },
    };
  },
});

/** The library commits after its handler has returned; until then there is no effect that anybody else could see. */
function onCommit(client: Client, committed: () => void): void {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  Object.assign(client, {
    query: async (...args: unknown[]) => {
      const isCommit = typeof args[0] === 'string' && /^commit/i.test(args[0]);
      if (isCommit) delete (client as { query?: unknown }).query;
      const answer = await query(...args);
      if (isCommit) committed();
      return answer;
    },
  });
}

/** A slot that is left behind would decode the rounds of all others. It is busy until its listener is really gone. */
async function dropSlot(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await statements(url, `select pg_drop_replication_slot('${slot}')`);
    } catch (error) {
      if (attempt === 100) throw error;
      await pause(100);
    }
  }
}
