import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nanos } from '@nats-io/nats-core';
import { type StreamPlan, topology } from '@okienko/contracts/streams';
import { checkout, temporaryHome } from '@okienko/local/paths';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { Outgoing, RawPublisher } from '@okienko/messaging/raw-publisher';
import { planChanges } from '@okienko/messaging/topology-plan';
import { eventually } from './eventually';
import { NatsCluster } from './nats-cluster';
import { type Found, newestNats, oldestNats } from './nats-versions';

jest.setTimeout(90_000);

/** All streams of a deployment: those of the services, the one for what is said again, and the one for partners. */
const streamsOf = (namespace: string): readonly StreamPlan[] => {
  const { streams, replay, partners } = topology(namespace);
  return [...streams, replay, partners];
};
const told = (changes: readonly { what: string; differences: string }[]): string[] =>
  changes.map(({ what, differences }) => `${what}: ${differences}`);

describe.each([
  ['the newest nats-server at hand', newestNats],
  ['nats-server 2.10', oldestNats],
])('the streams and consumers of a deployment on %s', (_, find: () => Promise<Found>) => {
  const homes: string[] = [];
  const clusters: NatsCluster[] = [];
  const brokers: Broker[] = [];
  let server: Found;

  beforeAll(async () => {
    server = await find();
    if ('missing' in server) console.info(`Nothing of this is checked: ${server.missing}.`);
  }, 150_000);
  afterAll(async () => {
    await Promise.all(brokers.map(({ connection }) => connection.close()));
    await Promise.all(clusters.map((cluster) => cluster.stop()));
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  });

  async function start(nodes: number): Promise<{ cluster: NatsCluster; broker: Broker }> {
    if ('missing' in server) throw new Error(server.missing);
    const home = temporaryHome();
    homes.push(home);
    const folders = Array.from({ length: nodes }, (__, node) => join(home, `n${node + 1}`));
    const cluster = await NatsCluster.start({ binary: server.binary, folders });
    clusters.push(cluster);
    const broker = await openBroker(cluster.url, 'test');
    brokers.push(broker);
    return { cluster, broker };
  }

  /** A test that is passed over, with the sentence above, where there is no such server. */
  const onServer = (name: string, work: () => Promise<void>): void =>
    test(name, async () => {
      if (!('missing' in server)) await work();
    });

  describe('alone', () => {
    let broker: Broker;
    let url: string;
    beforeAll(async () => {
      if ('missing' in server) return;
      const started = await start(1);
      broker = started.broker;
      url = started.cluster.url;
    });
    const freshName = (): string => `t${randomBytes(4).toString('hex')}`;
    const names = async (): Promise<string[]> => {
      const found: string[] = [];
      for await (const { config } of broker.manager.streams.list()) found.push(config.name);
      return found;
    };

    onServer('an empty broker lacks all of them; nothing is done unasked, all of it when asked, once', async () => {
      const name = freshName();
      const { consumers } = topology(name);
      const streams = streamsOf(name);
      const plan = await planChanges(broker.manager, name);
      expect(told(plan)).toEqual([
        ...streams.map((stream) => `stream ${stream.name}: new`),
        ...consumers.map(({ durable }) => `consumer ${durable}: new`),
      ]);
      expect((await names()).filter((found) => found.startsWith(name.toUpperCase()))).toEqual([]);
      for (const change of plan) await change.apply();
      expect((await names()).filter((found) => found.startsWith(name.toUpperCase())).sort()).toEqual(
        streams.map((stream) => stream.name).sort(),
      );
      expect(await planChanges(broker.manager, name)).toEqual([]);
    });

    onServer('what differs is shown from what it is to what it should be, and put right when asked', async () => {
      const name = freshName();
      for (const change of await planChanges(broker.manager, name)) await change.apply();
      const cases = `${name.toUpperCase()}_CASES`;
      const sealed = `${name.toUpperCase()}_SEALED`;
      const { manager } = broker;
      await manager.streams.update(cases, { max_age: nanos(60 * 60 * 1000) });
      await manager.streams.update(sealed, { subjects: [`${name}.sealed.>`, `${name}.more.>`] });
      await manager.consumers.update(cases, 'providers-reads-cases', { max_ack_pending: 7 });
      await manager.consumers.delete(cases, 'catalogue-reads-cases');
      const expected = [
        `stream ${cases}: max_age: ${nanos(60 * 60 * 1000)} → ${nanos(14 * 24 * 60 * 60 * 1000)}`,
        `stream ${sealed}: subjects: ["${name}.sealed.>","${name}.more.>"] → ["${name}.sealed.>"]`,
        'consumer catalogue-reads-cases: new',
        'consumer providers-reads-cases: max_ack_pending: 7 → 1000',
      ];
      const plan = await planChanges(manager, name);
      expect(told(plan)).toEqual(expected);
      expect(told(await planChanges(manager, name))).toEqual(expected);
      for (const change of plan) await change.apply();
      expect(await planChanges(manager, name)).toEqual([]);
      expect((await manager.streams.info(cases)).config.max_age).toBe(nanos(14 * 24 * 60 * 60 * 1000));
    });

    onServer('a change keeps what is stored', async () => {
      const name = freshName();
      const { manager, streams } = broker;
      for (const change of await planChanges(manager, name)) await change.apply();
      await streams.publish(`${name}.cases.plan.closed.v1`, '{}');
      const cases = `${name.toUpperCase()}_CASES`;
      await manager.streams.update(cases, { duplicate_window: nanos(60_000) });
      for (const change of await planChanges(manager, name)) await change.apply();
      expect((await manager.streams.info(cases)).state.messages).toBe(1);
    });

    onServer('okienko streams shows the differences, and does nothing without being told to', async () => {
      const name = freshName();
      const { consumers } = topology(name);
      const streams = streamsOf(name);
      const count = streams.length + consumers.length;
      const script = join(checkout, 'deploy', 'local', 'dist', 'okienko.js');
      const command = (...args: string[]): Promise<{ stdout: string; code?: number }> =>
        promisify(execFile)(process.execPath, [script, 'streams', ...args], {
          env: { ...process.env, NATS_URL: url, EVENT_NAMESPACE: name },
        }).catch((failure: { stdout: string; code: number }) => failure);
      for (let time = 0; time < 2; time += 1) {
        const { stdout, code } = await command('diff');
        expect(code).toBe(1);
        expect(stdout.split('\n').filter((line) => line.endsWith(': new'))).toHaveLength(count);
        expect(stdout).toContain(`${count} changes. Nothing was done; `);
      }
      expect((await command('apply')).stdout).toContain(`${count} changes done.`);
      expect((await command()).stdout).toBe('The broker has every stream and consumer as it should.\n');
      await broker.manager.streams.update(streams[0]?.name ?? '', { max_age: nanos(1_000_000) });
      expect((await command()).stdout).toContain(
        `stream ${streams[0]?.name}: max_age: ${nanos(1_000_000)} → ${nanos((streams[0]?.maxAge ?? 0) * 1000)}\n\n1 changes.`,
      );
    });
  });

  describe('as a cluster of three', () => {
    onServer('every stream has three replicas, and publishing goes on when the leader is killed', async () => {
      const { cluster, broker } = await start(3);
      const name = `t${randomBytes(4).toString('hex')}`;
      const cases = `${name.toUpperCase()}_CASES`;
      // A cluster that is young still takes some of its nodes for absent, and refuses.
      await eventually(async () => {
        for (const change of await planChanges(broker.manager, name, 3)) await change.apply();
      }, 30_000);
      expect(await planChanges(broker.manager, name, 3)).toEqual([]);
      for (const { name: stream } of streamsOf(name)) {
        const { config, cluster: group } = await broker.manager.streams.info(stream);
        expect([config.num_replicas, group?.replicas?.length]).toEqual([3, 2]);
      }
      expect(told(await planChanges(broker.manager, name, 1))).toContain(`stream ${cases}: num_replicas: 3 → 1`);

      const publisher = new RawPublisher(broker.connection, 64, 1000);
      const message = (): Outgoing => ({
        subject: `${name}.cases.plan.closed.v1`,
        body: 'x'.repeat(500),
        messageId: randomUUID(),
        aggregate: randomUUID(),
      });
      let pending = Array.from({ length: 3000 }, message);
      const ids = pending.map(({ messageId }) => messageId);
      const leader = (await broker.manager.streams.info(cases)).cluster?.leader ?? '';
      const sent = async (count: number, within: number): Promise<void> => {
        const deadline = Date.now() + within;
        for (const target = pending.length - count; pending.length > target;) {
          const { stored } = await publisher.publish(pending.slice(0, Math.min(200, pending.length - target)));
          pending = pending.slice(stored.length);
          if (Date.now() > deadline) throw new Error(`${pending.length} messages are still to be sent.`);
        }
      };
      await sent(1000, 10_000);
      const during = sent(1000, 40_000);
      await cluster.kill(cluster.indexOf(leader));
      await during;
      const led = await eventually(async () => {
        const now = (await broker.manager.streams.info(cases)).cluster?.leader;
        if (!now || now === leader) throw new Error('The stream has no new leader yet.');
        return now;
      }, 20_000);
      expect(led).not.toBe(leader);
      // Not until it calls itself healthy: a 2.10 that comes back may wait for the next change of any stream before it does. Its replicas tell.
      cluster.launch(cluster.indexOf(leader));
      await sent(1000, 20_000);

      // The leader takes a replica for current by its answer to a message, not to a heartbeat: one that is ready only after the last message needs another.
      const { state } = await eventually(async () => {
        const { cluster: group } = await broker.manager.streams.info(cases);
        if (!group?.replicas?.every(({ current }) => current)) {
          pending = [message()];
          ids.push(...pending.map(({ messageId }) => messageId));
          await sent(1, 20_000);
          throw new Error(`Not every replica is current: ${JSON.stringify(group?.replicas)}`);
        }
        return broker.manager.streams.info(cases);
      }, 60_000);
      // Its place may be the node that has just come back, which answers late.
      const consumer = await eventually(() => broker.streams.consumers.get(cases), 30_000);
      const stored: string[] = [];
      for await (const message of await consumer.consume()) {
        stored.push(message.headers?.get('Nats-Msg-Id') ?? '');
        if (message.seq >= state.last_seq) break;
      }
      expect(new Set(stored)).toEqual(new Set(ids));
    });
  });
});
