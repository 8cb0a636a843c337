import { argument } from '../settings';

export interface Settings {
  readonly seed: number;
  readonly short: boolean;
  /** How long events flow, how many a second, and how often a replica is killed meanwhile. */
  readonly seconds: number;
  readonly perSecond: number;
  readonly kills: number;
  /** Rounds of the comparison with a bare client, and events of one. */
  readonly rounds: number;
  readonly handedOver: number;
}

export function settingsFrom(args: readonly string[]): Settings {
  const short = args.includes('--short');
  const number = (name: string, otherwise: number): number => Number(argument(args, name) ?? otherwise);
  return {
    short,
    seed: number('--seed', Math.floor(Math.random() * 1_000_000)),
    seconds: number('--seconds', short ? 15 : 120),
    perSecond: number('--rate', short ? 4 : 6),
    kills: number('--kills', short ? 0 : 6),
    rounds: number('--rounds', short ? 1 : 5),
    handedOver: short ? 60 : 600,
  };
}
