import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { DomainError } from '@okienko/contracts/domain-error';
import { event } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { createServiceDatabase, dropServiceDatabase, type ServiceDatabase } from '@okienko/local/databases';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import type { Handle } from '@okienko/messaging/dead-letters';
import { InboxConsumer } from '@okienko/messaging/inbox-consumer';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { OutboxRelay } from '@okienko/messaging/outbox-relay';
import { Telemetry } from '@okienko/messaging/telemetry';
import { planChanges } from '@okienko/messaging/topology-plan';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Client, Pool } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { Chance } from '../../chance';
import { TcpProxy } from '../tcp-proxy';
import { forgetful } from './forgetful-broker';
import { listenerTables, RigPlan, rigPlanMapping, writerTables } from './rig-tables';

/** Where a defect goes in: each part is the real one, and may be altered after it was made and before it starts. */
export interface Harm {
  readonly relay?: (relay: OutboxRelay, rig: Rig) => void;
  readonly consumer?: (consumer: InboxConsumer, rig: Rig) => void;
  readonly work?: (work: UnitOfWork, rig: Rig) => void;
}

export interface Engines {
  readonly databaseUrl: string;
  readonly brokerUrl: string;
}

/** An event that this listener can never accept. */
class NeverAccepted extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'never-accepted';
}

const plans = 40;

/**
 * One writing and one listening service in small: the real unit of work, relay and inbox consumers over PostgreSQL and NATS, behind a
 * proxy whose connections can be cut.
 */
export class Rig {
  readonly telemetry = new Telemetry(pino({ level: 'silent' }), new Registry());
  readonly plans = Array.from({ length: plans }, () => randomUUID());
  private readonly brokers: Broker[] = [];
  private readonly relays = new Set<OutboxRelay>();
  private readonly consumers: InboxConsumer[] = [];
  private writing = true;

  private constructor(
    readonly mark: string,
    readonly engines: Engines,
    readonly chance: Chance,
    readonly harm: Harm,
    readonly database: ServiceDatabase,
    readonly proxy: TcpProxy,
    readonly admin: Pool,
    readonly writer: DataSource,
    readonly listener: DataSource,
    readonly work: UnitOfWork,
    readonly broker: Broker,
  ) {}

  static async start(engines: Engines, mark: string, chance: Chance, harm: Harm): Promise<Rig> {
    const database = await createServiceDatabase(engines.databaseUrl, mark, { suffix: `_${mark}` });
    await install(database.cases.migrate, writerTables());
    await install(database.providers.migrate, listenerTables());
    const broker = await openBroker(engines.brokerUrl, `checker ${mark}`);
    for (const change of await planChanges(broker.manager, mark)) await change.apply();
    const proxy = await TcpProxy.to(Number(new URL(engines.brokerUrl).port));
    const address = new URL(engines.databaseUrl);
    address.pathname = `/${mark}`;
    const admin = new Pool({ connectionString: address.href, max: 4 });
    admin.on('error', () => undefined);
    const open = (url: string): Promise<DataSource> =>
      dataSource({ url, mappings: [rigPlanMapping], migrations: [], name: mark }).initialize();
    const writer = await open(database.cases.app);
    const listener = await open(database.providers.app);
    const work = new UnitOfWork(writer, new Clock());
    const rig = new Rig(mark, engines, chance, harm, database, proxy, admin, writer, listener, work, broker);
    harm.work?.(work, rig);
    work.onCommitted((stored) => {
      for (const relay of rig.relays) relay.nudge(stored);
    });
    return rig;
  }

  get stream(): string {
    return `${this.mark}_CASES`.toUpperCase();
  }

  /** A relay on a connection of its own, through the proxy. */
  async startRelay(): Promise<OutboxRelay> {
    const broker = forgetful(await this.connect('relay'), this.stream, () => this.chance.next() < 0.012);
    const settings = { service: 'cases', namespace: this.mark, databaseUrl: this.database.cases.app, keepDays: 30 };
    const relay = new OutboxRelay(settings, broker, this.telemetry);
    this.harm.relay?.(relay, this);
    this.relays.add(relay);
    relay.start();
    return relay;
  }

  async stopRelay(relay: OutboxRelay): Promise<void> {
    this.relays.delete(relay);
    await relay.stop();
  }

  async startConsumer(): Promise<void> {
    const { durable } = topology(this.mark).consumers.find(
      (plan) => plan.service === 'providers' && plan.stream === this.stream,
    ) ?? {
      durable: '',
    };
    const consumer = new InboxConsumer(
      { stream: this.stream, durable, aggregates: new Set(['plan']) },
      await this.connect('consumer'),
      this.listener,
      this.handle,
      () => undefined,
      this.telemetry,
    );
    this.harm.consumer?.(consumer, this);
    this.consumers.push(consumer);
    consumer.start();
  }

  /** The effect: a row. Some events fail at first, and what comes third in the life of one plan fails for good. */
  readonly handle: Handle = async ({ event: { id }, aggregateType, aggregateId, sequence }, transaction) => {
    if (aggregateId === this.plans[0] && sequence === 3) throw new NeverAccepted('Not this one.');
    await transaction.query('insert into effect (event_id, aggregate, sequence) values ($1, $2, $3)', [
      id,
      `${aggregateType} ${aggregateId}`,
      sequence,
    ]);
    if (this.chance.next() < 0.02) throw new Error('not now');
  };

  /** Changes plans, one after another, until it is told to stop; some changes are given up, and some fail under the storm. */
  async write(): Promise<void> {
    while (this.writing) {
      const id = this.chance.pick(this.plans);
      const givesUp = this.chance.next() < 0.1;
      await this.work
        .run(async ({ load, save, query }) => {
          const [known] = await query('select 1 from rig_plan where id = $1', [id]);
          const plan = known ? await load(RigPlan, id) : new RigPlan(id);
          await save(plan, event(planRedraftedV1, id, { personId: randomUUID() }));
          if (givesUp) throw new Error('given up');
        })
        .catch(() => pause(5));
      await pause(this.chance.between(10, 50));
    }
  }

  stopWriting(): void {
    this.writing = false;
  }

  async stop(): Promise<void> {
    this.stopWriting();
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await Promise.all([...this.relays].map((relay) => this.stopRelay(relay)));
    await Promise.all([this.writer.destroy(), this.listener.destroy(), this.admin.end()]);
    for (const { name } of topology(this.mark).streams) await this.broker.manager.streams.delete(name);
    await Promise.all([this.broker, ...this.brokers].map(({ connection }) => connection.close()));
    await this.proxy.stop();
    await dropServiceDatabase(this.engines.databaseUrl, this.mark, { suffix: `_${this.mark}` });
  }

  private async connect(name: string): Promise<Broker> {
    const broker = await openBroker(`nats://127.0.0.1:${this.proxy.port}`, `${name} ${this.mark}`);
    this.brokers.push(broker);
    return broker;
  }
}

async function install(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
}
