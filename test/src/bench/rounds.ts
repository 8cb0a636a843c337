import { performance } from 'node:perf_hooks';

/** One of the things that are compared: does the work once and returns its figure. */
export interface Contestant {
  readonly name: string;
  run(): Promise<number>;
}

export type Figures = ReadonlyMap<string, readonly number[]>;

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * Lets the contestants take turns, each round in another order, so that a busy minute of the machine hits them all. The first turn of
 * each warms up and does not count.
 */
export async function rounds(
  count: number,
  random: () => number,
  contestants: readonly Contestant[],
  say: (sentence: string) => void,
): Promise<Figures> {
  const figures = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= count; round += 1) {
    for (const { name, run } of shuffled(contestants, random)) {
      const figure = await run();
      if (round > 0) figures.get(name)?.push(figure);
      say(`  ${round === 0 ? 'warm-up' : `round ${round}`}  ${name}: ${shown(figure)}`);
    }
  }
  return figures;
}

/** Median over the rounds of one contestant's figure by another's in the same round. */
export function ratio(figures: Figures, one: string, other: string): number {
  const others = figures.get(other) ?? [];
  return median((figures.get(one) ?? []).map((figure, round) => figure / (others[round] ?? NaN)));
}

export const medianOf = (figures: Figures, name: string): number => median(figures.get(name) ?? []);

export const shown = (figure: number): string =>
  figure >= 100 ? Math.round(figure).toLocaleString('en') : figure.toPrecision(3);

/** Things done in a second. */
export async function rateOf(count: number, act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return count / ((performance.now() - began) / 1000);
}

export async function until(done: () => boolean | Promise<boolean>, patience: number, what: string): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${patience / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

function shuffled<T>(all: readonly T[], random: () => number): T[] {
  return all
    .map((one) => [random(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
}
