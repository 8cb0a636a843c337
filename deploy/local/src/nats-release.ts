import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const natsRelease = '2.15.0';

/** SHA-256 of the release's archives, as the Dockerfile of the official image `nats:2.15.0-alpine` pins them. */
const checksums: Partial<Record<string, string>> = {
  'linux-amd64': '5d2c51caca950333aba84911df7d377f826f3a59ec36061c6539105084f65c92',
  'linux-arm64': 'cdc208f5a3f42963a52b6ab06ef65626bb870315dc936e26ba571780c6351112',
};

/** The official release, downloaded into `folder`. */
export async function natsFromRelease(
  folder: string,
  signal: AbortSignal,
): Promise<{ binary: string; source: string }> {
  const target = `${platform()}-${arch() === 'x64' ? 'amd64' : arch()}`;
  const expected = checksums[target];
  if (expected === undefined) throw new Error(`no checksum of the release is pinned for ${target}`);
  const name = `nats-server-v${natsRelease}-${target}`;
  const url = `https://github.com/nats-io/nats-server/releases/download/v${natsRelease}/${name}.tar.gz`;
  const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]) });
  if (!response.ok) throw new Error(`the release answered ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  requireChecksum(archive, expected);
  writeFileSync(join(folder, 'release.tar.gz'), archive);
  await promisify(execFile)('tar', ['-xzf', 'release.tar.gz'], { cwd: folder });
  return { binary: join(folder, name, 'nats-server'), source: `nats-server ${natsRelease}, the official release` };
}

export function requireChecksum(archive: Uint8Array, expected: string): void {
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== expected) throw new Error(`the download has checksum ${actual}, not the pinned ${expected}`);
}
