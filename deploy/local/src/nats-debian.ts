import { execFile } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lastLine, unpacking } from './debian-packages';

/** `nats-server` from the newest Debian suite that the machine's own mirror serves, unpacked into `folder`. */
export async function natsFromDebian(
  folder: string,
  signal: AbortSignal,
  suites: readonly string[] = ['sid', 'trixie'],
): Promise<{ binary: string; source: string }> {
  const reasons: string[] = [];
  for (const suite of suites) {
    try {
      const { commands, options, root } = unpacking('nats-server', suite, join(folder, suite));
      for (const [program, args] of commands) await promisify(execFile)(program, args, { ...options, signal });
      const binary = join(root, 'usr', 'sbin', 'nats-server');
      chmodSync(binary, 0o755);
      return { binary, source: `nats-server of Debian ${suite}` };
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(`${suite}: ${lastLine(error)}`);
    }
  }
  throw new Error(`the Debian mirror gave none (${reasons.join('; ')})`);
}
