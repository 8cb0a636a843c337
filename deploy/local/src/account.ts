import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Obstacle } from './obstacle';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Where the engines of a home keep their data, and under which account they run when root starts them. */
export interface Quarters {
  readonly folder: string;
  readonly account?: Account;
  readonly note?: string;
}

/** PostgreSQL refuses to run as root, so root lends its engines an unprivileged account and a folder it can reach. */
export function quartersOf(home: string): Quarters {
  if (process.getuid?.() !== 0) return { folder: home };
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const account = ownerOf(join(home, 'postgres')) ?? unprivilegedAccount();
  if (mayEnter(account, home)) return { folder: home, account };
  const folder = join(tmpdir(), `okienko-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`);
  claim(folder, account);
  return {
    folder,
    account,
    note: `The engines run without root's rights and may not enter ${home}: their data are in ${folder}.`,
  };
}

/** Creates the folder if needed and gives it to the account; a folder of somebody else's in a shared place is refused. */
export function claim(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account === undefined) return;
  const found = lstatSync(folder);
  if (!found.isDirectory() || (found.uid !== 0 && found.uid !== account.uid)) {
    throw new Obstacle(`${folder} belongs to another user: remove it and start again.`);
  }
  chownSync(folder, account.uid, account.gid);
}

export const mayEnter = (account: Account | undefined, folder: string): boolean =>
  account === undefined ||
  spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;

function ownerOf(folder: string): Account | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

function unprivilegedAccount(): Account {
  const id = (option: string, name: string) => spawnSync('id', [option, name], { encoding: 'utf8' });
  for (const name of ['postgres', 'nobody']) {
    const uid = id('-u', name);
    const gid = id('-g', name);
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Obstacle(
    'Started by root, and there is no account `postgres` or `nobody` to run PostgreSQL under: add one.',
  );
}
