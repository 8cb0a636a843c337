import { argument } from '../settings';

export interface Settings {
  readonly seed: number;
  readonly short: boolean;
  readonly rounds: number;
  /** Numbers of deliveries in the month, ascending. Goals are for the last. */
  readonly sizes: readonly number[];
}

export function settingsFrom(args: readonly string[]): Settings {
  const short = args.includes('--short');
  const sizes = argument(args, '--sizes')?.split(',').map(Number);
  return {
    short,
    seed: Number(argument(args, '--seed') ?? Math.floor(Math.random() * 1_000_000)),
    rounds: Number(argument(args, '--rounds') ?? (short ? 1 : 3)),
    sizes: sizes ?? (short ? [1_000, 10_000] : [10_000, 100_000]),
  };
}
