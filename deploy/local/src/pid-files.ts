import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './paths';
import { type Identity, stopProcess } from './processes';

/** What the next start needs to know of a child whose launcher was killed. */
export interface PidFile extends Identity {
  readonly command: string;
  readonly stopSignal: NodeJS.Signals;
}

export function parsePidFile(text: string): PidFile | undefined {
  try {
    const { pid, startTime, command, stopSignal } = JSON.parse(text) as Partial<PidFile>;
    if (!Number.isInteger(pid) || pid === undefined || pid < 2 || typeof startTime !== 'string') return undefined;
    return { pid, startTime, command: command ?? '', stopSignal: stopSignal ?? 'SIGTERM' };
  } catch {
    return undefined;
  }
}

const fileOf = (home: string, name: string) => join(folderOf(home, 'run'), `${name}.pid.json`);

export function writePidFile(home: string, name: string, content: PidFile): void {
  const file = fileOf(home, name);
  writeFileSync(`${file}.new`, JSON.stringify(content));
  renameSync(`${file}.new`, file);
}

export const removePidFile = (home: string, name: string): void => rmSync(fileOf(home, name), { force: true });

/** Stops what an earlier launcher of this home left running, and says what it was. */
export async function stopLeftovers(home: string, say: (sentence: string) => void): Promise<void> {
  const names = readdirSync(folderOf(home, 'run')).flatMap((file) => /^(.+)\.pid\.json$/.exec(file)?.[1] ?? []);
  const leftovers = names.flatMap((name) => {
    const found = parsePidFile(readFileSync(fileOf(home, name), 'utf8'));
    return found === undefined ? [] : [{ name, ...found }];
  });
  await Promise.all(
    leftovers.map(async ({ name, stopSignal, ...identity }) => {
      if (await stopProcess(identity, { signal: stopSignal })) {
        say(`Stopped ${name} (pid ${identity.pid}), left over from a launcher that was killed.`);
      }
    }),
  );
  for (const name of names) removePidFile(home, name);
}
