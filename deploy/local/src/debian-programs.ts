import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { lastLine, unpacking } from './debian-packages';
import { dataHome } from './paths';

/** Programs that only tests and proofs need: the package of Debian 13 that has each, and where in it. */
const packages = {
  kubectl: ['kubectl', 'usr/bin/kubectl'],
  promtool: ['promtool', 'usr/bin/promtool'],
  'docker-compose': ['docker-compose', 'usr/libexec/docker/cli-plugins/docker-compose'],
  'docker-buildx': ['docker-buildx', 'usr/libexec/docker/cli-plugins/docker-buildx'],
} as const;

export type DebianProgram = keyof typeof packages;

const found = new Map<DebianProgram, string | undefined>();

/**
 * Path of the machine's own program, else of one fetched earlier, else of one fetched now from the machine's Debian mirror; where there
 * is none, a sentence says why, and the answer is `undefined`. Synchronous, since a file of tests decides at once what it skips.
 */
export function debianProgram(name: DebianProgram): string | undefined {
  if (!found.has(name)) found.set(name, onPath(name) ?? fetched(name));
  return found.get(name);
}

function onPath(name: DebianProgram): string | undefined {
  // Before 13, Debian's docker-compose is another program: the first generation, in Python.
  if (name === 'docker-compose' || name === 'docker-buildx') return undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Fetched into a folder of its own and then moved: two at once do not see each other's halves. */
function fetched(name: DebianProgram): string | undefined {
  const bin = join(dataHome(), 'bin');
  const path = join(bin, name);
  if (existsSync(path)) return path;
  mkdirSync(bin, { recursive: true, mode: 0o755 });
  const folder = mkdtempSync(join(bin, `fetching-${process.pid}-`));
  try {
    const [debian, file] = packages[name];
    const { commands, options, root } = unpacking(debian, 'trixie', folder);
    for (const [program, args] of commands)
      execFileSync(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
    const ready = join(folder, name);
    copyFileSync(join(root, file), ready);
    chmodSync(ready, 0o755);
    renameSync(ready, path);
    return path;
  } catch (error) {
    console.warn(`There is no ${name} here, and the Debian mirror gave none: ${lastLine(error)}`);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
