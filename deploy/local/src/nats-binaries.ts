import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { quartersOf } from './account';
import { Obstacle, reasonOf } from './obstacle';
import { dataHome } from './paths';
import { identityOf } from './processes';
import { natsFromDebian } from './nats-debian';
import { natsFromRelease, natsRelease } from './nats-release';
import { atLeast, versionIn } from './version';

/** Filters by several subjects, stream metadata and `sync_interval` came with 2.10. */
export const oldestNats = [2, 10] as const;

export type NatsServer =
  | { readonly kind: 'binary'; readonly path: string; readonly source: string }
  | { readonly kind: 'image'; readonly image: string; readonly source: string };

/** The machine's own server, else one fetched earlier, else the release, the Debian mirror, Docker: the first that works. */
export async function natsServer(say: (sentence: string) => void, signal: AbortSignal): Promise<NatsServer> {
  const bin = join(quartersOf(dataHome()).folder, 'bin');
  const here = onPath(say) ?? fetchedBefore(bin);
  if (here !== undefined) return here;

  const reasons: string[] = [];
  for (const origin of [natsFromRelease, natsFromDebian]) {
    try {
      return await fetchInto(bin, (folder) => origin(folder, signal));
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(reasonOf(error));
    }
  }
  if (dockerAnswers()) {
    return {
      kind: 'image',
      image: `nats:${natsRelease}-alpine`,
      source: `the image nats:${natsRelease}-alpine, by Docker`,
    };
  }
  throw new Obstacle(
    `NATS is missing and could not be fetched (${reasons.join('; ')}; no Docker engine answers): ` +
      'install nats-server 2.10 or newer, or set NATS_URL to a running server.',
  );
}

function onPath(say: (sentence: string) => void): NatsServer | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
  const path = folders.map((folder) => join(folder, 'nats-server')).find((file) => existsSync(file));
  if (path === undefined) return undefined;
  const version = versionOf(path);
  if (version && atLeast(version, oldestNats)) {
    return { kind: 'binary', path, source: `nats-server of this machine, ${path}` };
  }
  say(`${path} is version ${version?.join('.') ?? 'unknown'}, and 2.10 or newer is needed: it is passed over.`);
  return undefined;
}

function versionOf(path: string): number[] | undefined {
  try {
    return versionIn(execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

function fetchedBefore(bin: string): NatsServer | undefined {
  const path = join(bin, 'nats-server');
  const version = existsSync(path) ? versionOf(path) : undefined;
  if (version === undefined || !atLeast(version, oldestNats)) return undefined;
  const source = readFileSync(`${path}.source`, 'utf8');
  return { kind: 'binary', path, source: `${source}, fetched earlier` };
}

/** Fetched into a folder of its own and then moved: two starts at once do not see each other's halves. */
async function fetchInto(
  bin: string,
  origin: (folder: string) => Promise<{ binary: string; source: string }>,
): Promise<NatsServer> {
  mkdirSync(bin, { recursive: true, mode: 0o755 });
  for (const name of readdirSync(bin)) {
    const pid = /^fetching-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && identityOf(Number(pid)) === undefined)
      rmSync(join(bin, name), { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(bin, `fetching-${process.pid}-`));
  try {
    const { binary, source } = await origin(folder);
    const version = versionOf(binary);
    if (version === undefined) throw new Error(`${source} does not run on this machine`);
    if (!atLeast(version, oldestNats)) throw new Error(`${source} is only ${version.join('.')}`);
    const path = join(bin, 'nats-server');
    copyFileSync(binary, join(folder, 'ready'));
    chmodSync(join(folder, 'ready'), 0o755);
    writeFileSync(`${path}.source`, source);
    renameSync(join(folder, 'ready'), path);
    return { kind: 'binary', path, source };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function dockerAnswers(): boolean {
  try {
    execFileSync('docker', ['version', '--format', '{{.Server.Version}}'], { stdio: 'ignore', timeout: 5_000 });
    return true;
  } catch {
    return false;
  }
}
