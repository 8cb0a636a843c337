import { setTimeout as pause } from 'node:timers/promises';
import { DeliverPolicy, StorageType, type StreamInfo } from '@nats-io/jetstream';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { eventually } from '@okienko/testing/eventually';
import type { Load } from './load';

const stream = 'POWER';
const inFlight = 32;
const filler = 'x'.repeat(590);

/** Numbered messages of 600 bytes, 32 in flight, on a stream with a replica on each node. */
export class NatsLoad implements Load {
  readonly acknowledged = new Set<number>();
  private next = 0;
  private running = false;
  private writers: Promise<unknown> = Promise.resolve();
  private broker: Broker | undefined;

  constructor(
    private readonly url: string,
    private readonly replicas: number,
  ) {}

  async prepare(): Promise<void> {
    const { manager, connection } = await openBroker(this.url, 'power cut');
    await eventually(
      () =>
        manager.streams.add({
          name: stream,
          subjects: ['power'],
          num_replicas: this.replicas,
          storage: StorageType.File,
        }),
      30_000,
    );
    await connection.close();
  }

  async start(): Promise<void> {
    this.broker = await openBroker(this.url, 'power cut');
    this.running = true;
    this.writers = Promise.all(Array.from({ length: inFlight }, () => this.write(this.broker as Broker)));
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.writers;
    await this.broker?.connection.close();
  }

  /** The node that leads the stream. */
  async leader(): Promise<string> {
    const broker = await openBroker(this.url, 'power cut');
    const { cluster } = await broker.manager.streams.info(stream);
    await broker.connection.close();
    return cluster?.leader ?? '';
  }

  /** Reads the leader's whole stream, when every replica has caught up: an earlier look would cry wolf. */
  async stored(): Promise<Set<number>> {
    const broker = await openBroker(this.url, 'reader');
    try {
      const state = await eventually(async () => caughtUp(await broker.manager.streams.info(stream)), 60_000).catch(
        (error: Error) => {
          if (/stream not found/i.test(error.message)) return undefined;
          throw error;
        },
      );
      const found = new Set<number>();
      if (!state || state.messages === 0) return found;
      const consumer = await broker.streams.consumers.get(stream, { deliver_policy: DeliverPolicy.All });
      for await (const message of await consumer.consume({ max_messages: 2000 })) {
        found.add(Number(message.string().slice(0, 10)));
        if (message.seq >= state.last_seq) break;
      }
      return found;
    } finally {
      await broker.connection.close();
    }
  }

  private async write({ streams }: Broker): Promise<void> {
    while (this.running) {
      const number = this.next++;
      try {
        const { seq } = await streams.publish('power', `${String(number).padStart(10)}${filler}`, {
          msgID: String(number),
          timeout: 2000,
        });
        // nats-server 2.10 answers with place 0 for what it never stored: that is no acknowledgement.
        if (seq > 0) this.acknowledged.add(number);
      } catch {
        await pause(50);
      }
    }
  }
}

function caughtUp({ state, cluster }: StreamInfo): StreamInfo['state'] {
  if (cluster && !cluster.leader) throw new Error('The stream has no leader.');
  for (const { name, current } of cluster?.replicas ?? [])
    if (!current) throw new Error(`The replica on ${name} lags behind.`);
  return state;
}
