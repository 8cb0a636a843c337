import { argument } from '../settings';

export interface Settings {
  readonly short: boolean;
  readonly rounds: number;
  /** Events of one burst, each about another person. */
  readonly burst: number;
  readonly steadySeconds: number;
}

export const steadyPerSecond = 20;

export function settingsFrom(args: readonly string[]): Settings {
  const short = args.includes('--short');
  return {
    short,
    rounds: Number(argument(args, '--rounds') ?? (short ? 1 : 3)),
    burst: Number(argument(args, '--events') ?? (short ? 600 : 3_000)),
    steadySeconds: Number(argument(args, '--seconds') ?? (short ? 5 : 30)),
  };
}
