import { argument } from '../settings';

export interface Settings {
  readonly seed: number;
  readonly short: boolean;
  readonly rounds: number;
  /** Numbers of offers, ascending. Ratios are told at the second, growth from the second to the last. */
  readonly sizes: readonly number[];
  /** Held-out queries of each kind. */
  readonly perKind: number;
  /** Offers that are published while others search. */
  readonly imported: number;
}

export function settingsFrom(args: readonly string[]): Settings {
  const short = args.includes('--short');
  const sizes = argument(args, '--sizes')?.split(',').map(Number);
  return {
    short,
    seed: Number(argument(args, '--seed') ?? Math.floor(Math.random() * 1_000_000)),
    rounds: Number(argument(args, '--rounds') ?? (short ? 2 : 5)),
    sizes: sizes ?? (short ? [1_000, 20_000] : [1_000, 100_000, 1_000_000]),
    perKind: 40,
    imported: short ? 500 : 10_000,
  };
}
