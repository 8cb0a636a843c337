import type { Service } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import type { DataSource } from 'typeorm';
import type { DeadLetters, Handle } from './dead-letters';
import { InboxConsumer } from './inbox-consumer';
import { type Broker, openBroker } from './jetstream';
import { assertSameHistory } from './lineage';
import { OutboxRelay } from './outbox-relay';
import type { StrandOf } from './strands';
import type { Telemetry } from './telemetry';
import { missingFrom } from './topology-plan';
import { Turns } from './turns';
import type { UnitOfWork } from './unit-of-work';
import { Worker } from './worker';

export interface MessagingSettings {
  readonly service: Service;
  readonly namespace: string;
  readonly brokerUrl: string;
  readonly databaseUrl: string;
}

/** How far a durable consumer is behind its stream. */
export interface ConsumerState {
  readonly consumer: string;
  readonly behind: number | null;
  readonly underWay: number | null;
}

const keepDays = 30;
/** Events that may wait for the broker before the service says that it is not ready. */
const mostWaiting = 10_000;

/**
 * The service's place on the backbone: its relay and its consumers. The service starts and answers without the broker; what it has
 * to say waits in the outbox, and both sides begin as soon as the broker can be reached and its streams are there.
 */
export class Messaging {
  private broker: Broker | undefined;
  private relay: OutboxRelay | undefined;
  private consumers: InboxConsumer[] = [];
  private wanted: { aggregates: ReadonlySet<string>; handle: Handle; strandOf?: StrandOf | undefined } | undefined;
  private ready = false;
  private connected = false;
  private readonly starter: Worker;
  private readonly turns: Turns;

  constructor(
    private readonly settings: MessagingSettings,
    private readonly dataSource: DataSource,
    private readonly work: UnitOfWork,
    private readonly deadLetters: DeadLetters,
    private readonly telemetry: Telemetry,
  ) {
    this.turns = new Turns(settings.databaseUrl, telemetry);
    this.starter = new Worker(
      'messaging',
      () => this.begin(),
      60_000,
      (error) => telemetry.log.warn({ error: (error as Error).message }, 'messaging.waits'),
    );
    work.onCommitted((stored) => this.relay?.nudge(stored));
  }

  start(): void {
    this.starter.start();
  }

  /** Relay and consumers have begun, and the broker can be reached at this moment. */
  get isFlowing(): boolean {
    return this.ready && this.connected;
  }

  /** Whether events wait in the outbox in such number that the service should not be sent more work. */
  async isOverfull(): Promise<boolean> {
    if (this.isFlowing) return false;
    const [row] = await this.dataSource.query<{ waiting: number }[]>(
      'select count(*)::int as waiting from (select 1 from outbox where seq > (select low from outbox_relay) limit $1) w',
      [mostWaiting + 1],
    );
    return (row?.waiting ?? 0) > mostWaiting;
  }

  consume(aggregates: ReadonlySet<string>, handle: Handle, strandOf?: StrandOf): void {
    this.wanted = { aggregates, handle, strandOf };
    for (const { durable } of this.plan) this.deadLetters.serve(durable, handle);
    if (this.broker) this.bind(this.broker);
  }

  async stopConsuming(): Promise<void> {
    await this.turns.stop();
    await Promise.all(this.consumers.splice(0).map((consumer) => consumer.stop()));
  }

  async stop(): Promise<void> {
    await this.starter.stop();
    await this.stopConsuming();
    await this.relay?.stop();
    this.ready = false;
    const connection = this.broker?.connection;
    if (this.connected) await connection?.drain().catch(() => undefined);
    // Draining fails while the broker is away, and would leave the connection trying for ever.
    await connection?.close();
  }

  /** The durable consumers of this service, and the kinds of aggregates that it listens to. */
  get reading(): { readonly consumers: readonly string[]; readonly aggregates: ReadonlySet<string> } {
    return { consumers: this.plan.map(({ durable }) => durable), aggregates: this.wanted?.aggregates ?? new Set() };
  }

  /** How much of what the broker has for them its consumers have not taken, and not answered; null where the broker cannot be asked. */
  async consumerStates(): Promise<ConsumerState[]> {
    return Promise.all(
      this.plan.map(async ({ stream, durable: consumer }) => {
        const info =
          this.isFlowing && (await this.broker?.manager.consumers.info(stream, consumer).catch(() => undefined));
        return info
          ? { consumer, behind: info.num_pending, underWay: info.num_ack_pending }
          : { consumer, behind: null, underWay: null };
      }),
    );
  }

  private get plan(): ReturnType<typeof topology>['consumers'] {
    return topology(this.settings.namespace).consumers.filter(({ service }) => service === this.settings.service);
  }

  private async begin(): Promise<boolean> {
    if (this.ready) return false;
    this.broker ??= await this.connect();
    const missing = await missingFrom(this.broker.manager, this.settings.namespace, this.settings.service);
    if (missing.length > 0)
      throw new Error(`The broker lacks ${missing.join(', ')}. Run "npm run streams" for this deployment.`);
    await assertSameHistory(this.dataSource, this.broker.manager, this.settings);
    this.relay = new OutboxRelay(
      { ...this.settings, keepDays },
      this.broker,
      this.telemetry,
      () => void this.stopConsuming(),
    );
    this.relay.start();
    this.bind(this.broker);
    this.ready = true;
    return false;
  }

  private async connect(): Promise<Broker> {
    const broker = await openBroker(this.settings.brokerUrl, this.settings.service);
    this.connected = true;
    void this.watch(broker);
    return broker;
  }

  private async watch({ connection }: Broker): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect' || type === 'close') this.connected = false;
      if (type === 'reconnect') this.connected = true;
    }
  }

  private bind(broker: Broker): void {
    if (!this.wanted || this.consumers.length > 0) return;
    const { aggregates, handle, strandOf } = this.wanted;
    this.consumers = this.plan.map(
      ({ stream, durable }) =>
        new InboxConsumer(
          { stream, durable, aggregates },
          broker,
          this.dataSource,
          handle,
          () => this.work.announce(),
          this.telemetry,
          () => this.turns.mine(durable),
          strandOf,
        ),
    );
    this.turns.start();
    for (const consumer of this.consumers) consumer.start();
  }
}
