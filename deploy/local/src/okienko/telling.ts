import type { Command } from 'commander';
import { Steps } from '../steps';
import { exitCodes } from '../obstacle';
import type { Deployment } from './deployment';

/** What was found: for people, or with `--json` one JSON value alone on standard output. */
export function answer({ json }: Pick<Deployment, 'json'>, found: unknown, told: () => string): void {
  process.stdout.write(`${json ? JSON.stringify(found) : told()}\n`);
}

/** The command has found something that somebody has to look at. */
export function finding(): void {
  process.exitCode = Math.max(Number(process.exitCode ?? 0), exitCodes.finding);
}

/** Progress, which is never mistaken for the answer. */
export const progress = (): Steps => new Steps(process.stderr);

export function examples(command: Command, ...lines: readonly string[]): void {
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
