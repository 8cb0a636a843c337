import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { loginOf } from '@okienko/messaging/jetstream';
import { claim, quartersOf } from './account';
import { type Engine, type EngineOptions, nothingToStop } from './engine';
import { type NatsServer, natsServer, oldestNats } from './nats-binaries';
import { Obstacle, reasonOf } from './obstacle';
import { accountsFile, type BrokerUser } from './partner-accounts';
import { freePort } from './ports';
import type { Child } from './supervise';
import { atLeast, versionIn } from './version';

export interface NatsEngine extends Engine {
  /** The server's monitoring address, where it is ours. */
  readonly monitor?: string;
  /** How somebody comes in; where nobody needs credentials, as everybody. */
  readonly urlFor: (user: BrokerUser) => string;
}

export interface NatsOptions extends EngineOptions {
  /** Every message reaches the disk before it is acknowledged: survives a power cut, costs throughput. */
  readonly syncAlways: boolean;
  /** Nobody comes in but these, each with the rights that the contracts give; everybody does, unless given. */
  readonly passwordOf?: (user: BrokerUser) => string;
}

/** NATS with JetStream at `NATS_URL`, or a server of our own on loopback with its streams in the home. */
export async function startNats({
  home,
  port,
  supervisor,
  say,
  syncAlways,
  passwordOf,
}: NatsOptions): Promise<NatsEngine> {
  const given = process.env['NATS_URL'];
  if (given !== undefined) return found(given);

  const server = await natsServer(say, supervisor.stopping);
  const { folder, account } = quartersOf(home);
  const store = join(folder, 'nats');
  claim(store, account);
  const monitorPort = await freePort();
  const config = join(folder, 'nats.conf');
  const inContainer = server.kind === 'image';
  const settings = {
    port,
    monitorPort,
    syncAlways,
    passwordOf,
    ...(inContainer ? { host: '0.0.0.0', store: '/data' } : { host: '127.0.0.1', store }),
  };
  writeFileSync(config, configuration(settings));
  // With passwords in it, nobody but the server reads it.
  if (passwordOf) chmodSync(config, 0o600);
  if (account) chownSync(config, account.uid, account.gid);

  const url = `nats://127.0.0.1:${port}`;
  const urlFor = (user: BrokerUser): string =>
    passwordOf ? `nats://${user}:${encodeURIComponent(passwordOf(user))}@127.0.0.1:${port}` : url;
  await supervisor.start({
    name: 'nats',
    ...launch(server, config, {
      home,
      store,
      ports: [port, monitorPort],
      user: account && `${account.uid}:${account.gid}`,
    }),
    ...(inContainer ? { patience: 120_000 } : { account }),
    ready: () => versionAt(urlFor('centre')),
  });
  const pid = supervisor.pid('nats');
  return {
    name: 'nats',
    url,
    monitor: `http://127.0.0.1:${monitorPort}`,
    version: await versionAt(urlFor('centre')),
    urlFor,
    ...(pid && { pid }),
    source: server.source,
    stop: () => supervisor.stop('nats'),
  };
}

/** The server's own configuration language: JSON is a part of it. */
export function configuration(of: {
  host: string;
  port: number;
  monitorPort: number;
  store: string;
  syncAlways: boolean;
  passwordOf?: ((user: BrokerUser) => string) | undefined;
}): string {
  return JSON.stringify(
    {
      server_name: 'okienko-local',
      listen: `${of.host}:${of.port}`,
      http: `${of.host}:${of.monitorPort}`,
      max_payload: 1024 * 1024,
      jetstream: { store_dir: of.store, ...(of.syncAlways && { sync_interval: 'always' }) },
      ...(of.passwordOf && accountsFile('okienko', of.passwordOf, new Map())),
    },
    undefined,
    2,
  );
}

interface Place {
  readonly home: string;
  readonly store: string;
  readonly ports: readonly number[];
  readonly user: string | undefined;
}

function launch(
  server: NatsServer,
  config: string,
  { home, store, ports, user }: Place,
): Pick<Child, 'command' | 'args'> {
  if (server.kind === 'binary') return { command: server.path, args: ['--config', config] };
  const container = `okienko-nats-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`;
  // A killed client leaves its container behind, and the name with it.
  execFileSync('docker', ['rm', '--force', container], { stdio: 'ignore' });
  const run = ['run', '--rm', '--init', '--name', container, ...(user === undefined ? [] : ['--user', user])];
  const mounts = ['--volume', `${store}:/data`, '--volume', `${config}:/etc/nats/okienko.conf:ro`];
  const published = ports.flatMap((port) => ['--publish', `127.0.0.1:${port}:${port}`]);
  return {
    command: 'docker',
    args: [...run, ...mounts, ...published, server.image, '--config', '/etc/nats/okienko.conf'],
  };
}

async function found(url: string): Promise<NatsEngine> {
  const version = await versionAt(url).catch((error: unknown) => {
    throw new Obstacle(`No NATS with JetStream answers at NATS_URL (${reasonOf(error)}): start it, or unset NATS_URL.`);
  });
  if (!atLeast(versionIn(version) ?? [], oldestNats)) {
    throw new Obstacle(`NATS_URL leads to NATS ${version}; 2.10 or newer is needed.`);
  }
  return { name: 'nats', url, urlFor: () => url, version, source: 'NATS at NATS_URL', stop: nothingToStop };
}

async function versionAt(url: string): Promise<string> {
  const connection = await connect({ ...loginOf(url), reconnect: false, timeout: 5_000 });
  try {
    await (await jetstreamManager(connection)).getAccountInfo();
    return connection.info?.version ?? '';
  } finally {
    await connection.close();
  }
}
