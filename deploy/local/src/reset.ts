import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { quartersOf } from './account';
import { claimHome } from './launcher';
import { Obstacle } from './obstacle';
import { dataHome } from './paths';
import { stopLeftovers } from './pid-files';
import { run } from './steps';

/** Empties the home of the local deployment; programs that were downloaded stay, unless all is to go. */
async function reset({ yes, all }: { yes: boolean; all: boolean }): Promise<void> {
  const home = dataHome();
  if (!existsSync(home)) return console.log(`${home} is empty already.`);
  const { folder } = quartersOf(home);
  if (!yes) await confirm(`Everything in ${home} will be deleted: cases, accounts, messages. Go on? [y/N] `);
  const release = await claimHome(home);
  await stopLeftovers(home, console.log);
  release();
  for (const place of new Set([folder, home])) {
    const doomed = readdirSync(place).filter((name) => all || name !== 'bin');
    for (const name of doomed) rmSync(join(place, name), { recursive: true, force: true });
  }
  console.log(`${home} is empty; \`npm start\` begins anew.`);
}

async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new Obstacle('Nobody can be asked here: repeat it as `npm run reset -- --yes`.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  if (!/^(?:y|yes|t|tak)$/i.test(answer.trim())) throw new Obstacle('Nothing was deleted.');
}

run(() => reset({ yes: process.argv.includes('--yes'), all: process.argv.includes('--all') }));
