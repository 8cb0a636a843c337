import { openBroker } from '@okienko/messaging/jetstream';
import { Client } from 'pg';
import type { Carrier, Running } from './carrier';
import { insertEffect, newApplication, submitted } from './job';
import { consumer, emptyStream, LeadingRelay, openSource, unitOfWork } from './our-path';
import type { World } from './world';
import { statements } from './world';

const channel = 'outbox';

/**
 * Unit of work, outbox, relay, JetStream, consumer with inbox: the classes and the pool of a service, in one process. With `notify` the
 * relay is woken by NOTIFY in the command's transaction, which is what others do, and not after the commit.
 */
export const ours = (world: World, wake: 'nudge' | 'notify' = 'nudge'): Carrier => ({
  name: wake === 'nudge' ? 'okienko' : 'okienko woken by NOTIFY',
  async start(handled) {
    await statements(
      world.ours.migrate,
      'truncate outbox, inbox, inbox_position, filed_application, effect',
      `update outbox_relay set low = coalesce(pg_sequence_last_value('outbox_seq_seq'), 0)`,
    );
    await emptyStream(world);
    const source = await openSource(world.ours);
    const work = unitOfWork(source);
    const relay = await LeadingRelay.start(world, world.ours);
    const broker = await openBroker(world.brokerUrl, 'consumer');
    let doing: string[] = [];
    const inbox = consumer(
      world,
      broker,
      source,
      async ({ event, aggregateId }, transaction) => {
        transaction.send(insertEffect, [event.id, aggregateId, 'received']);
        doing.push(aggregateId);
      },
      () => doing.splice(0).forEach(handled),
    );
    inbox.start();
    const listener = wake === 'notify' ? await listen(world.ours.app, () => relay.nudge()) : undefined;
    if (wake === 'nudge') work.onCommitted((stored) => relay.nudge(stored));
    await relay.leads();
    return {
      async command() {
        const application = newApplication();
        await work.run(async ({ save, query }) => {
          await save(application, submitted(application));
          if (listener) await query(`select pg_notify($1, '')`, [channel]);
        });
        return application.id;
      },
      async stop() {
        await inbox.stop();
        await relay.stop();
        await listener?.end();
        await broker.connection.close();
        await source.destroy();
        doing = [];
      },
    } satisfies Running;
  },
});

async function listen(url: string, heard: () => void): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  client.on('notification', heard);
  await client.query(`listen ${channel}`);
  return client;
}
