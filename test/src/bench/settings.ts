/** How much is measured. The short form is for CI: it shows that the harness works and roughly where things stand. */
export interface Sizes {
  readonly rounds: number;
  /** Events of one drain of a full outbox. */
  readonly drained: number;
  readonly written: number;
  readonly consumed: number;
  /** Events of one end-to-end run of ours; the peers, being slower, get a third. */
  readonly flowing: number;
  readonly latencyRounds: number;
  readonly latencySeconds: number;
  /** Rows of the large outbox. */
  readonly history: number;
}

export interface Settings extends Sizes {
  readonly seed: number;
  readonly short: boolean;
  /** Names of the parts to run; all when empty. */
  readonly parts: readonly string[];
}

const short: Sizes = {
  rounds: 2,
  drained: 5_000,
  written: 1_500,
  consumed: 2_000,
  flowing: 2_400,
  latencyRounds: 1,
  latencySeconds: 2,
  history: 100_000,
};
const long: Sizes = {
  rounds: 5,
  drained: 20_000,
  written: 5_000,
  consumed: 5_000,
  flowing: 6_000,
  latencyRounds: 5,
  latencySeconds: 10,
  history: 10_000_000,
};

/** Of `--name value` or `--name=value`. */
export function argument(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  return at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1]);
}

export function settingsFrom(args: readonly string[]): Settings {
  const value = (name: string): string | undefined => argument(args, name);
  const isShort = args.includes('--short');
  const sizes = isShort ? short : long;
  return {
    ...sizes,
    rounds: Number(value('--rounds') ?? sizes.rounds),
    latencyRounds: Number(value('--rounds') ?? sizes.latencyRounds),
    history: Number(value('--rows') ?? sizes.history),
    seed: Number(value('--seed') ?? Math.floor(Math.random() * 1_000_000)),
    short: isShort,
    parts: value('--only')?.split(',') ?? [],
  };
}
