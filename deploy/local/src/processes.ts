import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A pid alone can be reused by a stranger; with the time it started it names one process for good. */
export interface Identity {
  readonly pid: number;
  readonly startTime: string;
}

/** Start time from the text of `/proc/<pid>/stat` (proc(5), field 22, in ticks since boot); none for a zombie. */
export function startTimeIn(stat: string): string | undefined {
  // The second field, the command in parentheses, may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

export function identityOf(pid: number): Identity | undefined {
  try {
    const startTime =
      process.platform === 'linux'
        ? startTimeIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))
        : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return startTime ? { pid, startTime } : undefined;
  } catch {
    return undefined;
  }
}

export const isAlive = (process: Identity): boolean => identityOf(process.pid)?.startTime === process.startTime;

export function commandLineOf(pid: number): string {
  try {
    return process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

export async function waitUntilGone(process: Identity, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isAlive(process)) {
    if (Date.now() > deadline) return false;
    await pause(25);
  }
  return true;
}

/**
 * Asks the process to stop, and ends its whole group when it has not within the grace. Never touches a reused pid.
 * False when there was nothing to stop.
 */
export async function stopProcess(
  target: Identity,
  { signal = 'SIGTERM', grace = 10_000 }: { signal?: NodeJS.Signals; grace?: number } = {},
): Promise<boolean> {
  if (!isAlive(target)) return false;
  send(target.pid, signal);
  if (await waitUntilGone(target, grace)) return true;
  send(-target.pid, 'SIGKILL');
  send(target.pid, 'SIGKILL');
  await waitUntilGone(target, 5_000);
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
