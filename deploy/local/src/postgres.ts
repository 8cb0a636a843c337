import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { type Account, claim, quartersOf } from './account';
import { type Engine, type EngineOptions, nothingToStop } from './engine';
import { Obstacle, reasonOf } from './obstacle';
import { commandLineOf, identityOf, stopProcess } from './processes';
import { type PostgresBinaries, oldestPostgres, postgresBinaries } from './postgres-binaries';
import { keptSecrets } from './secrets';

const usual = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  cluster_name: 'okienko',
  max_connections: '200',
  fsync: 'on',
  jit: 'off',
};

export interface PostgresOptions extends EngineOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Milliseconds until it has to be ready; one that was restored plays its WAL first. */
  readonly patience?: number;
}

/** PostgreSQL at `DATABASE_URL`, or a server of our own on loopback with its data in the home. */
export async function startPostgres({
  home,
  port,
  supervisor,
  say,
  settings = {},
  patience = 30_000,
}: PostgresOptions): Promise<Engine> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) return found(given);

  const { folder, account, note } = quartersOf(home);
  if (note !== undefined) say(note);
  const data = join(folder, 'postgres');
  const binaries = postgresBinaries(majorOf(data), folder, account);
  const password = keptSecrets(home, 'postgres')('postgres');
  await stopStrayPostmaster(data, say);
  if (!existsSync(data)) await initialise(data, binaries, password, { account, signal: supervisor.stopping });

  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  const options = Object.entries({ ...usual, ...settings, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  await supervisor.start({
    name: 'postgres',
    command: join(binaries.folder, 'postgres'),
    args: ['-D', data, ...options],
    cwd: data,
    account,
    env: plainEnvironment(),
    stopSignal: 'SIGINT', // fast shutdown: ends the sessions, writes everything, needs no recovery
    grace: 20_000,
    patience,
    ready: () => versionAt(url),
  });
  const pid = supervisor.pid('postgres');
  return {
    name: 'postgres',
    url,
    version: await versionAt(url),
    ...(pid && { pid }),
    source: binaries.source,
    stop: () => supervisor.stop('postgres'),
  };
}

async function found(url: string): Promise<Engine> {
  const version = await versionAt(url).catch((error: unknown) => {
    throw new Obstacle(`No PostgreSQL answers at DATABASE_URL (${reasonOf(error)}): start it, or unset DATABASE_URL.`);
  });
  if (Number.parseInt(version, 10) < oldestPostgres) {
    throw new Obstacle(`DATABASE_URL leads to PostgreSQL ${version}; ${oldestPostgres} or newer is needed.`);
  }
  return { name: 'postgres', url, version, source: 'PostgreSQL at DATABASE_URL', stop: nothingToStop };
}

async function versionAt(url: string): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version.split(' ')[0] ?? '';
  } finally {
    await client.end();
  }
}

function majorOf(data: string): number | undefined {
  const file = join(data, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

/** Works beside the final place and moves there when all is done: an interrupted start leaves no half-made cluster. */
async function initialise(
  data: string,
  binaries: PostgresBinaries,
  password: string,
  { account, signal }: { account: Account | undefined; signal: AbortSignal },
): Promise<void> {
  for (const rest of readdirSync(dirname(data)).filter((name) => name.startsWith('postgres.new-'))) {
    rmSync(join(dirname(data), rest), { recursive: true, force: true });
  }
  const workshop = `${data}.new-${process.pid}`;
  const passwordFile = join(workshop, 'password');
  claim(workshop, account);
  writeFileSync(passwordFile, password, { mode: 0o644 }); // the folder itself is closed to everyone else
  const args = [
    '-D',
    join(workshop, 'data'),
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '-k',
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
  ];
  try {
    await promisify(execFile)(join(binaries.folder, 'initdb'), [...args, ...localeOptions(binaries.version)], {
      cwd: workshop,
      env: plainEnvironment(),
      signal,
      ...account,
    });
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    throw new Obstacle(`PostgreSQL could not create its data folder: ${reasonOf(error)}`);
  }
  renameSync(join(workshop, 'data'), data);
  rmSync(workshop, { recursive: true, force: true });
}

/** Code-point order with Unicode letters: from 17 PostgreSQL brings it along, before that the C library must have it. */
function localeOptions(version: readonly number[]): string[] {
  if ((version[0] ?? 0) >= 17) return ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  return [`--locale=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`];
}

/** A postmaster of this folder may outlive a killed launcher even where its pid file was lost. */
async function stopStrayPostmaster(data: string, say: (sentence: string) => void): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const pid = existsSync(file) ? parsePostmasterPid(readFileSync(file, 'utf8')) : undefined;
  const postmaster = pid === undefined ? undefined : identityOf(pid);
  if (postmaster === undefined || !commandLineOf(postmaster.pid).includes(data)) return;
  say(`Stopping a PostgreSQL (pid ${postmaster.pid}) that still uses ${data}.`);
  await stopProcess(postmaster, { signal: 'SIGINT', grace: 20_000 });
}

/** The first line of `postmaster.pid`; a negative number is a standalone backend (miscinit.c). */
export function parsePostmasterPid(text: string): number | undefined {
  const pid = Math.abs(Number.parseInt(text.split('\n')[0] ?? '', 10));
  return pid > 1 ? pid : undefined;
}

/** Without the caller's PG* variables, which would lead the server astray. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LANG: 'C', LC_ALL: 'C', TZ: 'UTC' };
}
