import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { quartersOf } from '@okienko/local/account';
import { natsServer } from '@okienko/local/nats-binaries';
import { natsFromDebian } from '@okienko/local/nats-debian';
import { dataHome } from '@okienko/local/paths';

export type Found = { readonly binary: string; readonly version: string } | { readonly missing: string };

const patience = (): AbortSignal => AbortSignal.timeout(120_000);
const versionOf = (binary: string): string =>
  /\d+\.\d+\.\d+/.exec(execFileSync(binary, ['--version'], { encoding: 'utf8' }))?.[0] ?? '';

/** The server that the local deployment takes. */
export async function newestNats(): Promise<Found> {
  const server = await natsServer(() => undefined, patience());
  if (server.kind === 'image') return { missing: 'nats-server is only here as a container image' };
  return { binary: server.path, version: versionOf(server.path) };
}

/** The oldest that works: 2.10, as Debian trixie has it. Fetched once and kept with the other programs of the local deployment. */
export async function oldestNats(): Promise<Found> {
  const bin = join(quartersOf(dataHome()).folder, 'bin');
  const kept = join(bin, 'nats-server-2.10');
  try {
    if (!existsSync(kept)) await fetchInto(bin, kept);
    return { binary: kept, version: versionOf(kept) };
  } catch (error) {
    return { missing: `nats-server 2.10 cannot be fetched: ${(error as Error).message}` };
  }
}

async function fetchInto(bin: string, kept: string): Promise<void> {
  mkdirSync(bin, { recursive: true, mode: 0o755 });
  const folder = mkdtempSync(join(bin, `fetching-${process.pid}-`));
  try {
    const { binary, source } = await natsFromDebian(folder, patience(), ['trixie']);
    if (!versionOf(binary).startsWith('2.10.')) throw new Error(`${source} is version ${versionOf(binary)}`);
    copyFileSync(binary, join(folder, 'ready'));
    chmodSync(join(folder, 'ready'), 0o755);
    renameSync(join(folder, 'ready'), kept);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
