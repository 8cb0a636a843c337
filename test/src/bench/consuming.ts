import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { RawPublisher } from '@okienko/messaging/raw-publisher';
import { type CloudEvent } from '@okienko/contracts/event';
import { insertEffect, newApplication, storedEvent, subject } from './job';
import { consumer, durable, emptyStream, openSource, pullFrom } from './our-path';
import { type Contestant, rateOf, until } from './rounds';
import { connected } from './relaying';
import { statements, type World } from './world';

async function fillStream(world: World, broker: Broker, count: number): Promise<void> {
  await emptyStream(world);
  await statements(world.ours.migrate, 'truncate inbox, inbox_position, effect');
  const batch = Array.from({ length: count }, () => {
    const event = storedEvent(newApplication());
    return {
      subject: `${world.namespace}.${subject}`,
      body: JSON.stringify(event),
      messageId: event.id,
      aggregate: event.subject,
    };
  });
  const { failure } = await new RawPublisher(broker.connection, 256, 60_000).publish(batch);
  if (failure) throw failure;
}

interface Consuming {
  readonly consume: () => Promise<unknown>;
  readonly stop: () => Promise<unknown>;
}

const consuming = (
  world: World,
  name: string,
  count: number,
  prepare: (broker: Broker) => Promise<Consuming>,
): Contestant => ({
  name,
  async run() {
    const broker = await openBroker(world.brokerUrl, 'consumer');
    const reader = await connected(world.ours.app);
    try {
      await fillStream(world, broker, count);
      const { consume, stop } = await prepare(broker);
      const rate = await rateOf(count, consume);
      await stop();
      const { rows } = await reader.query<{ effects: number }>('select count(*)::int as effects from effect');
      if (rows[0]?.effects !== count) throw new Error(`${name}: ${rows[0]?.effects} effects of ${count} events.`);
      return rate;
    } finally {
      await reader.end();
      await broker.connection.close();
    }
  },
});

/** Note, effect and commit for each message alone, with prepared statements: right, but one at a time, and without the guard of the order. */
async function oneByOne(world: World, broker: Broker, count: number): Promise<Consuming> {
  const client = await connected(world.ours.app);
  const note = 'insert into inbox (consumer, event_id) values ($1, $2) on conflict do nothing';
  const consume = async (): Promise<void> => {
    const messages = await pullFrom(world, broker);
    let handled = 0;
    for await (const message of messages) {
      const { id, subject: application } = message.json<CloudEvent>();
      await client.query('begin');
      const { rowCount } = await client.query({ name: 'note', text: note, values: [durable, id] });
      if (rowCount === 1)
        await client.query({ name: 'effect', text: insertEffect, values: [id, application, 'received'] });
      await client.query('commit');
      message.ack();
      if (++handled === count) break;
    }
  };
  return { consume, stop: () => client.end() };
}

async function withInbox(world: World, broker: Broker, count: number): Promise<Consuming> {
  const source = await openSource(world.ours);
  let [done, committed] = [0, 0];
  const inbox = consumer(
    world,
    broker,
    source,
    async ({ event, aggregateId }, transaction) => {
      await transaction.query(insertEffect, [event.id, aggregateId, 'received']);
      done += 1;
    },
    () => (committed = done),
  );
  return {
    consume() {
      inbox.start();
      return until(() => committed >= count, 120_000, 'Consuming the stream');
    },
    async stop() {
      await inbox.stop();
      await source.destroy();
    },
  };
}

export const consumers = (world: World, count: number): Contestant[] => [
  consuming(world, 'one by one', count, (broker) => oneByOne(world, broker, count)),
  consuming(world, 'inbox consumer', count, (broker) => withInbox(world, broker, count)),
];
