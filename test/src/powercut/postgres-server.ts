import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, quartersOf } from '@okienko/local/account';
import { dataHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { type PostgresBinaries, postgresBinaries } from '@okienko/local/postgres-binaries';
import { identityOf, waitUntilGone } from '@okienko/local/processes';
import { eventually } from '@okienko/testing/eventually';
import { Client } from 'pg';

const environment = { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };

/** A PostgreSQL of its own on loopback that can be killed whole, with every one of its processes. */
export class PostgresServer {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly binaries: PostgresBinaries,
    private readonly account: Account | undefined,
    private readonly port: number,
    private readonly settings: readonly string[],
  ) {}

  static async start(place: string, ...settings: string[]): Promise<PostgresServer> {
    const { folder: lodging, account } = quartersOf(dataHome());
    const binaries = postgresBinaries(undefined, lodging, account);
    const folder = join(place, 'postgres');
    mkdirSync(folder, { mode: 0o700 });
    if (account) chownSync(folder, account.uid, account.gid);
    const data = ['-D', folder, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '-A', 'trust'];
    execFileSync(join(binaries.folder, 'initdb'), data, { stdio: 'ignore', cwd: '/', env: environment, ...account });
    const server = new PostgresServer(folder, binaries, account, await freePort(), settings);
    server.launch();
    try {
      await server.ready();
    } catch (error) {
      await server.kill();
      throw error;
    }
    return server;
  }

  get version(): string {
    return this.binaries.version.join('.');
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  launch(): void {
    const log = openSync(join(this.folder, '..', 'postgres.log'), 'a');
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${this.port}`, ...this.settings];
    const args = settings.flatMap((setting) => ['-c', setting]);
    const child = spawn(join(this.binaries.folder, 'postgres'), ['-D', this.folder, ...args], {
      stdio: ['ignore', log, log],
      cwd: '/',
      env: environment,
      ...this.account,
    });
    child.on('error', () => undefined); // told by `ready`, which waits in vain
    closeSync(log);
    this.process = child;
  }

  /** Waits until it has recovered and answers. */
  async ready(): Promise<void> {
    await eventually(async () => {
      const client = new Client({ connectionString: this.url });
      client.on('error', () => undefined);
      await client.connect();
      await client.query('select 1').finally(() => client.end());
    }, 60_000);
  }

  /** The postmaster first, so that it starts nothing more; then what it had started. */
  async kill(): Promise<void> {
    const pid = this.process?.pid;
    this.process = undefined;
    if (pid === undefined) return;
    const all = [pid, ...childrenOf(pid)].flatMap((one) => identityOf(one) ?? []);
    for (const { pid: one } of all) killNow(one);
    for (const one of all) await waitUntilGone(one, 10_000);
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

export const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return new RegExp(`^PPid:\\s*${parent}$`, 'm').test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return false;
      }
    });
