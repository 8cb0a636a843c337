import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Obstacle } from './obstacle';
import { folderOf } from './paths';
import { parsePidFile } from './pid-files';
import { identityOf, isAlive, stopProcess, waitUntilGone } from './processes';

/**
 * One launcher per home. One whose own parent was killed is already stopping its children: it is waited for.
 * Any other that runs is an obstacle. Returns the way to give the home free again.
 */
export async function claimHome(home: string): Promise<() => void> {
  const file = join(folderOf(home, 'run'), 'launcher.json');
  const self = { ...identityOf(process.pid), parent: identityOf(process.ppid), command: 'launcher' };
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(self), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      await giveWay(file);
    }
  }
}

/** Returns when the other launcher is gone and its file with it. */
async function giveWay(file: string): Promise<void> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const other = parsePidFile(text);
  if (other !== undefined && isAlive(other)) {
    const { parent } = JSON.parse(text) as { parent?: { pid: number; startTime: string } };
    if (parent !== undefined && isAlive(parent)) {
      throw new Obstacle(
        `The local deployment already runs here (pid ${other.pid}): stop it with Ctrl-C in its terminal.`,
      );
    }
    if (!(await waitUntilGone(other, 40_000))) await stopProcess(other, { grace: 0 });
  }
  rmSync(file, { force: true });
}
