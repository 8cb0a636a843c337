import { performance } from 'node:perf_hooks';
import type { Carrier, Running } from './carrier';
import { type Contestant, pause, percentile, until } from './rounds';

const connections = 8;
/** A carrier that handles nothing for so long has lost what is missing. */
const patience = 4_000;

interface Run {
  /** From the commit to the effect, in milliseconds. */
  readonly latencies: readonly number[];
  readonly perSecond: number;
  readonly lost: number;
}

type Produce = (command: () => Promise<void>) => Promise<void>;

async function run(carrier: Carrier, produce: Produce): Promise<Run> {
  const committed = new Map<string, number>();
  const handled = new Map<string, number>();
  let last = 0;
  const running = await carrier.start((id) => {
    last = performance.now();
    if (!handled.has(id)) handled.set(id, last);
  });
  try {
    await warm(running, handled);
    handled.clear();
    const began = performance.now();
    await produce(async () => void committed.set(await running.command(), performance.now()));
    await until(
      () => handled.size >= committed.size || performance.now() - Math.max(last, began) > patience,
      600_000,
      'The end',
    );
    const arrived = [...committed].filter(([id]) => handled.has(id));
    return {
      // A reader may see a commit before the writer hears of it.
      latencies: arrived.map(([id, at]) => Math.max(0, (handled.get(id) ?? 0) - at)),
      perSecond: arrived.length / ((last - began) / 1000),
      lost: committed.size - arrived.length,
    };
  } finally {
    await running.stop();
  }
}

/** Steady is what comes after the first commands: connections have their statements then, and the engine has compiled what runs often. */
async function warm(running: Running, handled: ReadonlyMap<string, number>): Promise<void> {
  const ids: string[] = [];
  for (let turn = 0; turn < 40; turn += 1)
    ids.push(...(await Promise.all(Array.from({ length: connections }, () => running.command()))));
  // One of the peers loses some: for those nobody waits long.
  await until(() => ids.every((id) => handled.has(id)), 3_000, 'The beginning').catch(() => undefined);
  await pause(300);
}

/** Commands as fast as eight connections give them, while the other side handles. */
const steadily =
  (count: number): Produce =>
  async (command) => {
    let begun = 0;
    await Promise.all(
      Array.from({ length: connections }, async () => {
        for (; begun < count;) {
          begun += 1;
          await command();
        }
      }),
    );
  };

/** Commands at their hour, whether or not the earlier ones are done. */
const everySoOften =
  (perSecond: number, seconds: number): Produce =>
  async (command) => {
    const began = performance.now();
    const open: Promise<void>[] = [];
    for (let n = 0; n < perSecond * seconds; n += 1) {
      const wait = began + (n * 1000) / perSecond - performance.now();
      if (wait > 0) await pause(wait);
      open.push(command());
    }
    await Promise.all(open);
  };

export type Losses = Map<string, { lost: number; of: number }>;

function note(losses: Losses, name: string, lost: number, of: number): void {
  const known = losses.get(name) ?? { lost: 0, of: 0 };
  losses.set(name, { lost: known.lost + lost, of: known.of + of });
}

export const endToEnd = (carrier: Carrier, count: number, losses: Losses): Contestant => ({
  name: carrier.name,
  async run() {
    const { perSecond, lost } = await run(carrier, steadily(count));
    note(losses, carrier.name, lost, count);
    return perSecond;
  },
});

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** The figure of a turn is its p99; all of them are kept in `seen`. */
export const latency = (
  carrier: Carrier,
  perSecond: number,
  seconds: number,
  losses: Losses,
  seen: Map<string, Latency[]>,
): Contestant => ({
  name: carrier.name,
  async run() {
    const { latencies, lost } = await run(carrier, everySoOften(perSecond, seconds));
    note(losses, carrier.name, lost, perSecond * seconds);
    const found = { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
    seen.set(carrier.name, [...(seen.get(carrier.name) ?? []), found]);
    return found.p99;
  },
});
