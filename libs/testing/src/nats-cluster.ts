import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@okienko/local/ports';
import { openBroker } from '@okienko/messaging/jetstream';
import { eventually } from './eventually';

interface Node {
  readonly name: string;
  readonly port: number;
  readonly monitor: number;
  readonly config: string;
  readonly log: string;
  process?: ChildProcess;
}

export interface ClusterOptions {
  readonly binary: string;
  /** One folder for each node. */
  readonly folders: readonly string[];
  /** Every message reaches the disk before it is acknowledged. */
  readonly syncAlways?: boolean;
}

/** A NATS server, or as many of them as one cluster, each in a process and a folder of its own on loopback. */
export class NatsCluster {
  private constructor(
    private readonly binary: string,
    readonly nodes: readonly Node[],
  ) {}

  static async start({ binary, folders, syncAlways = false }: ClusterOptions): Promise<NatsCluster> {
    const ports: number[] = [];
    while (ports.length < folders.length * 3) {
      const port = await freePort();
      if (!ports.includes(port)) ports.push(port);
    }
    const routes = ports.slice(folders.length * 2);
    const nodes = folders.map((folder, index): Node => {
      const [port = 0, monitor = 0] = [ports[index], ports[folders.length + index]];
      const name = `n${index + 1}`;
      const config = join(folder, 'nats.conf');
      const jetstream = { store_dir: join(folder, 'store'), ...(syncAlways && { sync_interval: 'always' }) };
      const cluster = {
        name: 'okienko-test',
        listen: `127.0.0.1:${routes[index]}`,
        routes: routes.map((route) => `nats://127.0.0.1:${route}`),
      };
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        config,
        JSON.stringify({
          server_name: name,
          listen: `127.0.0.1:${port}`,
          http: `127.0.0.1:${monitor}`,
          jetstream,
          ...(folders.length > 1 && { cluster }),
        }),
      );
      return { name, port, monitor, config, log: join(folder, 'nats.log') };
    });
    const cluster = new NatsCluster(binary, nodes);
    try {
      for (const index of nodes.keys()) cluster.launch(index);
      await cluster.ready();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Addresses of all nodes, as `openBroker` takes them. */
  get url(): string {
    return this.nodes.map(({ port }) => `nats://127.0.0.1:${port}`).join(',');
  }

  indexOf(name: string): number {
    return this.nodes.findIndex((node) => node.name === name);
  }

  launch(index: number): void {
    const node = this.at(index);
    const log = openSync(node.log, 'a');
    node.process = spawn(this.binary, ['--config', node.config], { stdio: ['ignore', log, log] });
    node.process.on('error', () => undefined); // told by `ready`, which waits in vain
    closeSync(log);
  }

  /** Waits until every node serves JetStream and its streams. */
  async ready(within = 60_000): Promise<void> {
    for (const { name, monitor } of this.nodes) {
      await eventually(async () => {
        const answer = await fetch(`http://127.0.0.1:${monitor}/healthz`, { signal: AbortSignal.timeout(2000) });
        if (!answer.ok) throw new Error(`${name} is not healthy: ${await answer.text()}`);
      }, within);
    }
    await eventually(async () => {
      const broker = await openBroker(this.url, 'cluster');
      await broker.connection.close();
    }, within);
  }

  async kill(...indices: number[]): Promise<void> {
    await Promise.all(indices.map((index) => end(this.at(index), 'SIGKILL')));
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => end(node, 'SIGKILL')));
  }

  private at(index: number): Node {
    const node = this.nodes[index];
    if (!node) throw new Error(`There is no node ${index}.`);
    return node;
  }
}

async function end(node: Node, signal: NodeJS.Signals): Promise<void> {
  const child = node.process;
  delete node.process;
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await over;
}
