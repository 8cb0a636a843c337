import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '@okienko/local/paths';

/** A block of commands of a page, and what the page says that it prints. */
export interface Said {
  readonly commands: string;
  readonly expected: string | undefined;
}

/** What the pages say that their reader needs; a machine without it can build and run everything, but not play them. */
export const canPlay =
  spawnSync('bash', ['-c', "jq --version && openssl version && curl --json '' --version"]).status === 0;
if (!canPlay)
  console.info('There is no bash, jq, openssl or curl from 7.82 on, so the commands of the guides are not played.');

const ends = '\u001e';

/** The blocks ```` ```sh ```` of a page in their order, each with the block ```` ```text ```` that follows it. One marked `sh by-hand` is not played. */
export function blocksOf(page: string): Said[] {
  const text = readFileSync(join(checkout, page), 'utf8');
  return [...text.matchAll(/^```sh\n([^]*?)^```\n(?:\n?```text\n([^]*?)^```$)?/gm)].map(
    ([, commands = '', expected]) => ({
      commands,
      expected,
    }),
  );
}

/** Of a page, the commands that it only names: lines of its blocks `sh by-hand`, without what stands behind `#`. */
export const namedIn = (page: string): string[] =>
  [...readFileSync(join(checkout, page), 'utf8').matchAll(/^```sh by-hand\n([^]*?)^```$/gm)]
    .flatMap(([, lines = '']) => lines.split('\n'))
    .map((line) => line.replace(/ *#.*/, ''))
    .filter(Boolean);

/** Plays all blocks in one shell, as a reader would; what each has printed. The first command that fails ends it. */
export async function played(blocks: readonly Said[], cwd: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const script = blocks.map(({ commands }) => `${commands}printf '${ends}'\n`).join('');
  const shell = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    cwd,
    env,
    timeout: 170_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, complained]: [Buffer[], Buffer[]] = [[], []];
  shell.stdout.on('data', (part: Buffer) => printed.push(part));
  shell.stderr.on('data', (part: Buffer) => complained.push(part));
  const code = await new Promise<number | null>((resolve) => shell.once('close', resolve));
  const outputs = Buffer.concat(printed).toString().split(ends);
  if (code !== 0) {
    const { commands = '' } = blocks[outputs.length - 1] ?? {};
    throw new Error(`Code ${code} from\n${commands}\n${outputs.at(-1)}\n${Buffer.concat(complained).toString()}`);
  }
  return outputs.slice(0, -1);
}

/** What a page shows, as a pattern; nothing shown, anything goes. `…` stands for anything within a line, a line of its own `…` for any lines. */
export function shownAs(expected: string | undefined): RegExp {
  if (expected === undefined) return /^/;
  const lines = expected.trimEnd().split('\n');
  const patterns = lines.map((line) =>
    line === '…'
      ? '(?:.*\\n)*'
      : `${line
          .split('…')
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('.*')}\\n`,
  );
  return new RegExp(`^${patterns.join('')}$`);
}
