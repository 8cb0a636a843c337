import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createServiceDatabase } from '@okienko/local/databases';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { OutboxRelay } from '@okienko/messaging/outbox-relay';
import { messagingTables } from '@okienko/messaging/tables';
import { Telemetry } from '@okienko/messaging/telemetry';
import { planChanges } from '@okienko/messaging/topology-plan';
import { eventually } from '@okienko/testing/eventually';
import { NatsCluster } from '@okienko/testing/nats-cluster';
import { Client } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { Chance } from '../chance';
import { Disk } from './disk';
import { PostgresServer } from './postgres-server';

const namespace = 'power';
const writers = 8;

const write = `
  with moved as (update aggregate set version = version + 1 where id = $1 returning version)
  insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event)
  select $2::uuid, 'application', $1::uuid, version, 'cases.application.submitted.v1',
    json_build_object('id', $2::text, 'subject', $1::text, 'sequence', version, 'time', now())::text
  from moved`;

export interface BackboneResult {
  readonly committed: number;
  /** Committed, and not on the stream in the end. */
  readonly missing: number;
  /** First appearances on the stream that come before an earlier one of their aggregate. */
  readonly outOfOrder: number;
  /** How often the relay found that the broker had forgotten what it had acknowledged. */
  readonly wentBack: number;
}

/**
 * Our own outbox and relay over a broker with the lazy default that forgets at each cut: first the broker loses its power, then both
 * it and the database. The outbox is the record, so in the end the stream must have every committed event, in order.
 */
export async function backboneUnderCuts(binary: string, chance: Chance): Promise<BackboneResult> {
  const closers: (() => unknown)[] = [];
  const after = <T>(made: T, close: (made: T) => unknown): T => {
    closers.unshift(() => close(made));
    return made;
  };
  try {
    const disks = [0, 1].map(() => after(new Disk(), (disk) => disk.remove())) as [Disk, Disk];
    const postgres = after(await PostgresServer.start(disks[0].mount), (server) => server.kill());
    const folders = [disks[1].mount];
    const nats = after(await NatsCluster.start({ binary, folders }), (cluster) => cluster.stop());
    const url = await prepareDatabase(postgres.url);
    const broker = after(await openBroker(nats.url, 'power cut'), ({ connection }) => connection.close());
    for (const change of await planChanges(broker.manager, namespace)) await change.apply();
    for (const disk of disks) disk.sync();
    const log: string[] = [];
    const telemetry = new Telemetry(pino({}, { write: (line) => void log.push(line) }), new Registry());
    const wentBack = (): number => log.filter((line) => line.includes('relay.goes-back')).length;
    const settings = { service: 'cases', namespace, databaseUrl: url, keepDays: 30 };
    const relay = after(new OutboxRelay(settings, broker, telemetry), (one) => one.stop());
    relay.start();
    const work = after(new Writers(url, () => relay.nudge()), (one) => one.stop());
    work.start();

    await pause(chance.between(800, 1800));
    await nats.kill(0);
    disks[1].cut();
    disks[1].recover();
    nats.launch(0);
    await nats.ready();
    await eventually(() => expectMore(wentBack(), 0), 30_000);
    await pause(chance.between(800, 1800));
    await Promise.all([nats.kill(0), postgres.kill()]);
    for (const disk of disks) disk.cut();
    for (const disk of disks) disk.recover();
    nats.launch(0);
    postgres.launch();
    await Promise.all([nats.ready(), postgres.ready()]);
    await eventually(() => expectMore(wentBack(), 1), 30_000);
    await work.stop();

    const wire = await eventually(() => everything(broker, work.committed), 60_000).catch((): Wire => ({
      ids: new Set(),
      outOfOrder: 0,
    }));
    return {
      committed: work.committed.size,
      missing: [...work.committed].filter((id) => !wire.ids.has(id)).length,
      outOfOrder: wire.outOfOrder,
      wentBack: wentBack(),
    };
  } finally {
    for (const close of closers) await close();
  }
}

function expectMore(found: number, than: number): void {
  if (found <= than) throw new Error('The relay has not found that the broker forgot.');
}

async function prepareDatabase(adminUrl: string): Promise<string> {
  const { app, migrate } = (await createServiceDatabase(adminUrl, 'power')).cases;
  const owner = new Client({ connectionString: migrate });
  await owner.connect();
  for (const sql of messagingTables()) await owner.query(sql);
  await owner.query('create table aggregate (id uuid primary key, version int not null)');
  await owner.end();
  return app;
}

/** Each writes the events of one aggregate, one after the other, and notes what was committed. */
class Writers {
  readonly committed = new Set<string>();
  private running = false;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly url: string,
    private readonly nudge: () => void,
  ) {}

  start(): void {
    this.running = true;
    this.writing = Promise.all(Array.from({ length: writers }, () => this.write(randomUUID())));
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.writing;
  }

  private async write(aggregate: string): Promise<void> {
    while (this.running) {
      const client = new Client({ connectionString: this.url });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.query('insert into aggregate values ($1, 0) on conflict do nothing', [aggregate]);
        while (this.running) {
          const id = randomUUID();
          await client.query({ name: 'write', text: write, values: [aggregate, id] });
          this.committed.add(id);
          this.nudge();
        }
      } catch {
        await pause(50);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }
}

interface Wire {
  readonly ids: ReadonlySet<string>;
  readonly outOfOrder: number;
}

/** The whole stream, as soon as it ends with what was committed last. */
async function everything({ manager, streams }: Broker, committed: ReadonlySet<string>): Promise<Wire> {
  const name = `${namespace}_CASES`.toUpperCase();
  const { state } = await manager.streams.info(name);
  const ids = new Set<string>();
  const last = new Map<string, number>();
  let outOfOrder = 0;
  if (state.messages === 0) throw new Error('The stream is empty.');
  const consumer = await streams.consumers.get(name);
  for await (const message of await consumer.consume()) {
    const { id, subject, sequence } = message.json<{ id: string; subject: string; sequence: number }>();
    if (!ids.has(id)) {
      if (sequence !== (last.get(subject) ?? 0) + 1) outOfOrder += 1;
      last.set(subject, sequence);
    }
    ids.add(id);
    if (message.seq >= state.last_seq) break;
  }
  const missing = [...committed].filter((id) => !ids.has(id)).length;
  if (missing > 0) throw new Error(`${missing} committed events are not on the stream yet.`);
  return { ids, outOfOrder };
}
