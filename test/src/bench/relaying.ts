import { headers } from '@nats-io/nats-core';
import type { ServiceAccess } from '@okienko/local/databases';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { type Outgoing, RawPublisher } from '@okienko/messaging/raw-publisher';
import { Client } from 'pg';
import { aggregateType, newApplication, storedEvent, subject } from './job';
import { emptyStream, LeadingRelay } from './our-path';
import { type Contestant, rateOf, until } from './rounds';
import type { World } from './world';

const marks = { id: '01970000-0000-7000-8000-00000000000a', aggregate: '01970000-0000-7000-8000-00000000000b' };

/** Text of an event with marks where each row has ids of its own. */
export const eventTemplate = (): string =>
  JSON.stringify({
    ...storedEvent(newApplication()),
    id: marks.id,
    subject: marks.aggregate,
    partitionkey: marks.aggregate,
  });

/**
 * Puts events into the outbox in one transaction, and draws a few numbers that are never used, as rolled-back commands do. With `days`
 * the events are spread over the days before today.
 */
export async function fill(client: Client, count: number, days = 0): Promise<void> {
  const insert = (events: number): Promise<unknown> =>
    client.query(
      `insert into outbox (id, created_at, aggregate_type, aggregate_id, sequence, subject, event)
       select r.id, now() - interval '1 day' * floor($6::float8 * r.n / $7), $2, r.aggregate, 1, $3,
              replace(replace($1, $4, r.id::text), $5, r.aggregate::text)
       from (select n, gen_random_uuid() as id, gen_random_uuid() as aggregate from generate_series(1, $7::int) n) r`,
      [eventTemplate(), aggregateType, subject, marks.id, marks.aggregate, days, events],
    );
  const part = Math.ceil(count / 10);
  await client.query('begin');
  for (let done = 0; done < count; done += part) {
    await client.query('savepoint unused');
    await insert(5);
    await client.query('rollback to savepoint unused');
    await insert(Math.min(part, count - done));
  }
  await client.query('commit');
}

export async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** The relay empties an outbox that was filled behind its back. */
export function draining(
  name: string,
  world: World,
  access: ServiceAccess,
  count: number,
  around: (drain: () => Promise<number>) => Promise<number> = (drain) => drain(),
): Contestant {
  return {
    name,
    async run() {
      await emptyStream(world);
      const client = await connected(access.migrate);
      await client.query('update outbox_relay set low = coalesce((select max(seq) from outbox), low)');
      const relay = await LeadingRelay.start(world, access);
      try {
        // One event shows that the relay leads and has nothing left to do.
        await fill(client, 1);
        await until(async () => (await relay.published()) > 0, 30_000, 'The first event');
        const before = await relay.published();
        return await around(async () => {
          await fill(client, count);
          return rateOf(count, async () => {
            relay.nudge();
            await until(async () => (await relay.published()) >= before + count, 120_000, 'Draining the outbox');
          });
        });
      } finally {
        await relay.stop();
        await client.end();
      }
    },
  };
}

/** Publishing the same bytes without any database: as a good client does, and as fast as the client and the broker can. */
export function publishing(
  name: string,
  world: World,
  count: number,
  how: 'client' | 'raw acknowledgements',
): Contestant {
  return {
    name,
    async run() {
      await emptyStream(world);
      const broker = await openBroker(world.brokerUrl, 'publisher');
      const address = `${world.namespace}.${subject}`;
      const batch = Array.from({ length: count }, () => {
        const event = storedEvent(newApplication());
        return { subject: address, body: JSON.stringify(event), messageId: event.id, aggregate: event.subject };
      });
      try {
        if (how === 'client') return await rateOf(count, () => publishWithClient(broker, batch));
        const publisher = new RawPublisher(broker.connection, 256, 60_000);
        return await rateOf(count, async () => {
          const { failure } = await publisher.publish(batch);
          if (failure) throw failure;
        });
      } finally {
        await broker.connection.close();
      }
    },
  };
}

async function publishWithClient({ streams }: Broker, batch: readonly Outgoing[]): Promise<void> {
  let next = 0;
  const publishNext = async (): Promise<void> => {
    for (let message = batch[next++]; message; message = batch[next++]) {
      const head = headers();
      head.set('Content-Type', 'application/cloudevents+json');
      await streams.publish(message.subject, message.body, { msgID: message.messageId, headers: head });
    }
  };
  await Promise.all(Array.from({ length: 256 }, publishNext));
}

/** A transaction of another database of the same server that has written and stays open, as a long migration does. */
export const underHeldXmin =
  (url: string) =>
  async (drain: () => Promise<number>): Promise<number> => {
    const client = await connected(url);
    try {
      await client.query('begin');
      await client.query('select pg_current_xact_id()');
      return await drain();
    } finally {
      await client.end();
    }
  };
