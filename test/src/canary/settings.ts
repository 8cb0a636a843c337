import { argument } from '../bench/settings';

export interface Settings {
  readonly short: boolean;
  readonly seed: number;
  /** Times that the access log is spoilt. */
  readonly tamperings: number;
}

export function settingsFrom(args: readonly string[]): Settings {
  const short = args.includes('--short');
  return {
    short,
    seed: Number(argument(args, '--seed') ?? 1),
    tamperings: Number(argument(args, '--tamperings') ?? (short ? 12 : 150)),
  };
}
