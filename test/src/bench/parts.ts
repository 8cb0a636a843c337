import type { Carrier } from './carrier';
import { consumers } from './consuming';
import { endToEnd, latency, type Latency, type Losses } from './flowing';
import { emptyPoll, grow, growSmall } from './growing';
import { ours } from './ours';
import { graphileWorker } from './peers/graphile-worker';
import { pgBoss } from './peers/pg-boss';
import { pgTransactionalOutbox } from './peers/pg-transactional-outbox';
import { draining, publishing, underHeldXmin } from './relaying';
import type { Line } from './report';
import { type Figures, median, medianOf, ratio, rounds, type Contestant } from './rounds';
import type { Settings } from './settings';
import { statements, type World } from './world';
import { writers } from './writing';

export interface Bench {
  readonly world: World;
  readonly settings: Settings;
  readonly random: () => number;
  readonly say: (sentence: string) => void;
}

const compete = (
  { settings, random, say }: Bench,
  contestants: Contestant[],
  count = settings.rounds,
): Promise<Figures> => rounds(count, random, contestants, say);
const rates = (prefix: string, figures: Figures, unit: string): Line[] =>
  [...figures.keys()].map((name) => ({ key: `${prefix}: ${name}`, figure: medianOf(figures, name), what: unit }));

export async function relay(bench: Bench): Promise<Line[]> {
  const { world, settings } = bench;
  const figures = await compete(bench, [
    publishing('js.publish', world, settings.drained, 'client'),
    publishing('raw publish', world, settings.drained, 'raw acknowledgements'),
    draining('relay', world, world.ours, settings.drained),
    draining('relay under held xmin', world, world.ours, settings.drained, underHeldXmin(world.peers)),
  ]);
  return [
    ...rates('drain', figures, 'events/s'),
    {
      key: 'relayVsPublish',
      figure: ratio(figures, 'relay', 'js.publish'),
      goal: { atLeast: 1.5 },
      what: 'draining a full outbox by js.publish, window 256, without database',
    },
    {
      key: 'relayVsLimit',
      figure: ratio(figures, 'relay', 'raw publish'),
      goal: { atLeast: 0.4 },
      what: 'the same by raw publishing without database',
    },
    {
      key: 'relayUnderHeldXmin',
      figure: ratio(figures, 'relay under held xmin', 'relay'),
      goal: { atLeast: 0.9 },
      what: 'while a transaction elsewhere stays open, by without',
    },
  ];
}

export async function write(bench: Bench): Promise<Line[]> {
  const figures = await compete(bench, writers(bench.world, bench.settings.written));
  const bare = 'without outbox';
  return [
    ...rates('write', figures, 'commands/s, 8 connections'),
    {
      key: 'writeOverhead',
      figure: ratio(figures, 'with outbox', bare),
      goal: { atLeast: 0.65 },
      what: 'a command with its outbox row by the same without, statement by statement',
    },
    {
      key: 'writeOverheadPipelined',
      figure: ratio(figures, 'with outbox, pipelined', bare),
      what: 'the same, pipelined',
    },
    {
      key: 'writeOverheadOneStatement',
      figure: ratio(figures, 'with outbox, one statement', bare),
      what: 'the same in one statement',
    },
    {
      key: 'writeOverheadBestForm',
      figure: Math.max(
        ratio(figures, 'with outbox, pipelined', bare),
        ratio(figures, 'with outbox, one statement', bare),
      ),
      goal: { atLeast: 0.8 },
      what: 'the better of the two',
    },
    {
      key: 'frameworkWriteVsPg',
      figure: ratio(figures, 'unit of work', 'with outbox'),
      goal: { atLeast: 0.55 },
      what: 'unit of work on TypeORM by named statements on pg',
    },
  ];
}

export async function consume(bench: Bench): Promise<Line[]> {
  const figures = await compete(bench, consumers(bench.world, bench.settings.consumed));
  return [
    ...rates('consume', figures, 'events/s'),
    {
      key: 'inboxVsOneByOne',
      figure: ratio(figures, 'inbox consumer', 'one by one'),
      goal: { atLeast: 2.5 },
      what: 'inbox and order guard by one transaction for each message',
    },
  ];
}

const peersOf = ({ peers }: World): Carrier[] => [graphileWorker(peers), pgBoss(peers), pgTransactionalOutbox(peers)];
const lossesIn = (prefix: string, losses: Losses): Line[] =>
  [...losses].map(([name, { lost, of }]) => ({
    key: `${prefix} lost: ${name}`,
    figure: lost,
    what: `of ${of.toLocaleString('en')}`,
  }));

export async function flow(bench: Bench): Promise<Line[]> {
  const { world, settings } = bench;
  const losses: Losses = new Map();
  const [own, peers] = [ours(world), peersOf(world)];
  const figures = await compete(bench, [
    endToEnd(own, settings.flowing, losses),
    ...peers.map((peer) => endToEnd(peer, Math.ceil(settings.flowing / 3), losses)),
  ]);
  return [
    ...rates('end to end', figures, 'events/s'),
    ...lossesIn('end to end', losses),
    {
      key: 'endToEndVsBestPeer',
      figure: Math.min(...peers.map(({ name }) => ratio(figures, own.name, name))),
      goal: { atLeast: 3 },
      what: 'command to effect, steady, by the best of the peers',
    },
    { key: 'endToEndLost', figure: losses.get(own.name)?.lost ?? 0, goal: { atMost: 0 }, what: 'ours' },
  ];
}

export async function latencies(bench: Bench): Promise<Line[]> {
  const { world, settings } = bench;
  const [own, notify, peers] = [ours(world), ours(world, 'notify'), peersOf(world)];
  const lines: Line[] = [];
  const worst = { p50VsNotify: 0, p99: 0, p99VsBest: 0, lost: 0 };
  for (const perSecond of [40, 500]) {
    const losses: Losses = new Map();
    const seen = new Map<string, Latency[]>();
    bench.say(`  ${perSecond}/s`);
    await compete(
      bench,
      [own, notify, ...peers].map((carrier) => latency(carrier, perSecond, settings.latencySeconds, losses, seen)),
      settings.latencyRounds,
    );
    const of = (name: string, which: keyof Latency): number =>
      median((seen.get(name) ?? []).slice(1).map((found) => found[which]));
    for (const { name } of [own, notify, ...peers]) {
      lines.push({ key: `p50 at ${perSecond}/s: ${name}`, figure: of(name, 'p50'), what: 'ms, commit to handled' });
      lines.push({ key: `p99 at ${perSecond}/s: ${name}`, figure: of(name, 'p99'), what: 'ms' });
    }
    lines.push(...lossesIn(`at ${perSecond}/s`, losses));
    worst.p50VsNotify = Math.max(worst.p50VsNotify, of(own.name, 'p50') / of(notify.name, 'p50'));
    worst.p99 = Math.max(worst.p99, of(own.name, 'p99'));
    worst.p99VsBest = Math.max(
      worst.p99VsBest,
      of(own.name, 'p99') / Math.min(...peers.map(({ name }) => of(name, 'p99'))),
    );
    worst.lost += losses.get(own.name)?.lost ?? 0;
  }
  return [
    ...lines,
    {
      key: 'latencyP50VsNotify',
      figure: worst.p50VsNotify,
      goal: { atMost: 1.3 },
      what: 'the worse of 40/s and 500/s',
    },
    { key: 'latencyP99Ms', figure: worst.p99, what: 'the worse of 40/s and 500/s' },
    { key: 'latencyP99VsBestPeer', figure: worst.p99VsBest, goal: { atMost: 1 }, what: 'the worse of 40/s and 500/s' },
    { key: 'latencyLost', figure: worst.lost, goal: { atMost: 0 }, what: 'ours' },
  ];
}

export async function growth(bench: Bench): Promise<Line[]> {
  const { world, settings, say } = bench;
  await growSmall(world.ours, say);
  await grow(world.grown, settings.history, say);
  // Neither may pay for the writing of ten million rows; and a drain takes less than a second here, so one stall of the disk is a whole round.
  await statements(world.peers, 'checkpoint');
  const contestants = [
    draining('small outbox', world, world.ours, settings.drained),
    draining('large outbox', world, world.grown, settings.drained),
  ];
  const figures = await compete(bench, contestants, 3 * settings.rounds);
  return [
    ...rates('drain', figures, 'events/s'),
    {
      key: 'growth',
      figure: ratio(figures, 'large outbox', 'small outbox'),
      goal: { atLeast: 0.85 },
      what: `draining beside ${settings.history.toLocaleString('en')} rows by beside 10,000`,
    },
    {
      key: 'emptyPollMs',
      figure: await emptyPoll(world.grown),
      goal: { atMost: 1 },
      what: 'looking at the large outbox and finding nothing',
    },
  ];
}
