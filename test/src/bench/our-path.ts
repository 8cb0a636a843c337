import type { ServiceAccess } from '@okienko/local/databases';
import { dataSource } from '@okienko/messaging/data-source';
import type { Handle } from '@okienko/messaging/dead-letters';
import { Clock } from '@okienko/messaging/clock';
import type { OutboxRow } from '@okienko/messaging/gap-reader';
import { InboxConsumer } from '@okienko/messaging/inbox-consumer';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { OutboxRelay } from '@okienko/messaging/outbox-relay';
import { Telemetry } from '@okienko/messaging/telemetry';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import type { ConsumerMessages } from '@nats-io/jetstream';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { aggregateType, filedApplicationMapping } from './job';
import { until } from './rounds';
import type { World } from './world';

export const telemetry = (): Telemetry => new Telemetry(pino({ level: 'silent' }), new Registry());

export const streamOf = ({ namespace }: World): string => `${namespace}_CASES`.toUpperCase();
export const durable = 'notifications-reads-cases';

/** With all of its connections open, as the peers' are. */
export async function openSource(access: ServiceAccess, poolSize = 10): Promise<DataSource> {
  const source = await dataSource({
    url: access.app,
    mappings: [filedApplicationMapping],
    migrations: [],
    name: 'benchmark',
    poolSize,
  }).initialize();
  await Promise.all(Array.from({ length: poolSize }, () => source.query('select pg_sleep(0.1)')));
  return source;
}

export const unitOfWork = (source: DataSource): UnitOfWork => new UnitOfWork(source, new Clock());

/** A relay that leads and has nothing to do, and how many events it has published. */
export class LeadingRelay {
  private readonly telemetry = telemetry();
  private readonly relay: OutboxRelay;

  private constructor(
    world: World,
    access: ServiceAccess,
    private readonly broker: Broker,
  ) {
    this.relay = new OutboxRelay(
      { service: 'cases', namespace: world.namespace, databaseUrl: access.app, keepDays: 60 },
      broker,
      this.telemetry,
    );
  }

  static async start(world: World, access: ServiceAccess): Promise<LeadingRelay> {
    const relay = new LeadingRelay(world, access, await openBroker(world.brokerUrl, 'relay'));
    relay.relay.start();
    return relay;
  }

  async published(): Promise<number> {
    return (await this.telemetry.published.get()).values[0]?.value ?? 0;
  }

  /** Resolves when this relay is the one that publishes. */
  leads(): Promise<void> {
    return until(
      async () => ((await this.telemetry.relayLeads.get()).values[0]?.value ?? 0) === 1,
      30_000,
      'Taking the lead',
    );
  }

  nudge(stored?: readonly OutboxRow[]): void {
    this.relay.nudge(stored);
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    await this.broker.connection.close();
  }
}

export function consumer(
  world: World,
  broker: Broker,
  source: DataSource,
  handle: Handle,
  committed: () => void,
): InboxConsumer {
  return new InboxConsumer(
    { stream: streamOf(world), durable, aggregates: new Set([aggregateType]) },
    broker,
    source,
    handle,
    committed,
    telemetry(),
  );
}

/** Removes what an earlier run left in the stream, and begins the durable anew. */
export async function emptyStream(world: World): Promise<void> {
  const { manager } = world.broker;
  const stream = streamOf(world);
  const { config } = await manager.consumers.info(stream, durable);
  await manager.streams.purge(stream);
  await manager.consumers.delete(stream, durable);
  await manager.consumers.add(stream, config);
}

export const pullFrom = async (world: World, broker: Broker): Promise<ConsumerMessages> =>
  (await broker.streams.consumers.get(streamOf(world), durable)).consume({ max_messages: 200 });
