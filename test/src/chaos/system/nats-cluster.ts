import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { claim, quartersOf } from '@okienko/local/account';
import { natsServer } from '@okienko/local/nats-binaries';
import { Obstacle } from '@okienko/local/obstacle';
import { freePort } from '@okienko/local/ports';
import type { Supervisor } from '@okienko/local/supervise';

export interface NatsNode {
  readonly name: string;
  readonly port: number;
}

const count = 3;

/**
 * Three NATS servers that keep every stream three times. They sync as they do by default: a killed process leaves to the system what it
 * has written. What a power cut leaves is for `npm run powercut`, and costs so much that a machine of two cores would do little else.
 */
export async function startCluster(
  home: string,
  supervisor: Supervisor,
  say: (line: string) => void,
): Promise<readonly NatsNode[]> {
  const server = await natsServer(say, supervisor.stopping);
  if (server.kind !== 'binary')
    throw new Obstacle('Servers in containers cannot be killed as processes: install nats-server.');
  const { folder, account } = quartersOf(home);
  const nodes: (NatsNode & { readonly routes: number })[] = [];
  for (let number = 1; number <= count; number += 1)
    nodes.push({ name: `nats-${number}`, port: await freePort(), routes: await freePort() });
  await Promise.all(
    nodes.map(({ name, port, routes }) => {
      const store = join(folder, name);
      mkdirSync(folder, { recursive: true });
      claim(store, account);
      const config = join(folder, `${name}.conf`);
      const cluster = {
        name: 'okienko',
        listen: `127.0.0.1:${routes}`,
        routes: nodes.map((node) => `nats-route://127.0.0.1:${node.routes}`),
        // Clients go through their proxies and must not hear of another way.
        no_advertise: true,
      };
      const jetstream = { store_dir: store };
      writeFileSync(config, JSON.stringify({ server_name: name, listen: `127.0.0.1:${port}`, jetstream, cluster }));
      return supervisor.start({
        name,
        command: server.path,
        args: ['--config', config],
        account,
        ready: () => answers(port),
      });
    }),
  );
  return nodes;
}

async function answers(port: number): Promise<void> {
  const connection = await connect({ servers: `127.0.0.1:${port}`, reconnect: false, timeout: 2_000 });
  try {
    await (await jetstreamManager(connection)).getAccountInfo();
  } finally {
    await connection.close();
  }
}
