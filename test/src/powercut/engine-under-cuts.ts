import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Disk } from './disk';
import { NatsCluster } from '@okienko/testing/nats-cluster';
import type { Load } from './load';
import { NatsLoad } from './nats-load';
import { PostgresLoad } from './postgres-load';
import { PostgresServer } from './postgres-server';

export interface CutResult {
  /** Acknowledged from the beginning until the power was back. */
  readonly acknowledged: number;
  /** Of all acknowledged so far, those that are not there. */
  readonly lost: number;
  readonly recoverySeconds: number;
}

/** An engine, its disks and a load on it. */
export interface EngineUnderCuts {
  readonly name: string;
  readonly load: Load;
  /** Kills what runs on these disks, cuts their power, and brings all back. Returns the seconds until the engine answered again. */
  cut(which: 'all' | 'leader'): Promise<number>;
  sync(): void;
  remove(): Promise<void>;
}

export async function natsUnderCuts(binary: string, nodes: number, syncAlways: boolean): Promise<EngineUnderCuts> {
  const disks: Disk[] = [];
  let cluster: NatsCluster | undefined;
  const remove = async (): Promise<void> => {
    await cluster?.stop();
    for (const disk of disks) disk.remove();
  };
  try {
    for (let node = 0; node < nodes; node += 1) disks.push(new Disk());
    cluster = await NatsCluster.start({ binary, folders: disks.map(({ mount }) => mount), syncAlways });
    const load = new NatsLoad(cluster.url, nodes);
    await load.prepare();
    const running = cluster;
    return {
      name: `NATS, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`,
      load,
      sync: () => disks.forEach((disk) => disk.sync()),
      remove,
      async cut(which) {
        const leader = which === 'leader' ? running.indexOf(await load.leader()) : -1;
        const victims = leader < 0 ? [...disks.keys()] : [leader];
        await running.kill(...victims);
        for (const victim of victims) disks[victim]?.cut();
        const began = performance.now();
        if (leader >= 0) await pause(1500); // the others go on without it
        for (const victim of victims) disks[victim]?.recover();
        for (const victim of victims) running.launch(victim);
        await running.ready().catch(async () => {
          // A replica may stay at "catching up" for good (seen on 2.15.1); an operator would start it once more.
          await running.kill(...victims);
          for (const victim of victims) running.launch(victim);
          await running.ready();
        });
        return (performance.now() - began) / 1000;
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

export async function postgresUnderCuts(...settings: string[]): Promise<EngineUnderCuts> {
  const disk = new Disk();
  let server: PostgresServer | undefined;
  const remove = async (): Promise<void> => {
    await server?.kill();
    disk.remove();
  };
  try {
    server = await PostgresServer.start(disk.mount, ...settings);
    const load = new PostgresLoad(server.url);
    await load.prepare();
    const running = server;
    return {
      name: `PostgreSQL ${server.version}`,
      load,
      sync: () => disk.sync(),
      remove,
      async cut() {
        await running.kill();
        disk.cut();
        const began = performance.now();
        disk.recover();
        running.launch();
        await running.ready();
        return (performance.now() - began) / 1000;
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** One cut in the middle of the load, and the count of what the load had been promised. */
export async function cutUnderLoad(
  { load, cut }: EngineUnderCuts,
  which: 'all' | 'leader',
  afterMilliseconds: number,
): Promise<CutResult> {
  await load.start();
  try {
    await pause(afterMilliseconds);
    const recoverySeconds = await cut(which);
    await load.stop();
    const stored = await load.stored();
    const lost = [...load.acknowledged].filter((number) => !stored.has(number)).length;
    return { acknowledged: load.acknowledged.size, lost, recoverySeconds };
  } finally {
    await load.stop();
  }
}
