import { chmodSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Obstacle, reasonOf } from './obstacle';

/** Outside of any checkout, as where an operator has `okienko` alone, the folder that one stands in. */
function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json'))) return folder;
  return dirname(folder) === folder ? process.cwd() : rootAbove(dirname(folder));
}

export const checkout = rootAbove(__dirname);

/** Everything the local deployment keeps between two starts. */
export const dataHome = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(env['OKIENKO_HOME'] ?? join(checkout, '.okienko'));

/** The named folder of a home, created when missing. */
export function folderOf(home: string, name: 'logs' | 'run' | 'secrets' | 'mail' | 'files' | 'compiled'): string {
  const folder = join(home, name);
  const confidential = name === 'secrets' || name === 'mail' || name === 'files';
  try {
    mkdirSync(home, { recursive: true, mode: 0o755 });
    mkdirSync(folder, { recursive: true, mode: confidential ? 0o700 : 0o755 });
  } catch (error) {
    throw new Obstacle(
      `The data folder ${home} cannot be written (${reasonOf(error)}): use the account that created it, or set OKIENKO_HOME to another folder.`,
    );
  }
  return folder;
}

/** A home of its own for one test. Others may enter it: PostgreSQL, started by root, runs under another account. */
export function temporaryHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'okienko-'));
  chmodSync(home, 0o755);
  return home;
}
