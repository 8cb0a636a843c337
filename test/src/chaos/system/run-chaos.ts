import { setTimeout as pause } from 'node:timers/promises';
import type { Closing } from '@okienko/local/closing';
import { aggregateOf } from '@okienko/contracts/event';
import { countOf, kinds } from '../checker/finding';
import type { Received } from '../checker/reception';
import { Chance } from '../../chance';
import { Faults } from './faults';
import { committedSoFar, drained, inspectSystem } from './inspect-system';
import { Load } from './load';
import { recovered, startSystem, type System } from './system';
import { prepareWorld, subscriptions } from './world';

export interface ChaosOptions {
  readonly seed: number;
  readonly short: boolean;
  readonly faults: number;
  readonly events: number;
  /** Data and logs stay where they are. */
  readonly keeps: boolean;
  /** Residents' journeys at a time. */
  readonly load: number;
}

const fewEnough = 5;
/** Journeys at a time beyond the steady load, once the faults are done, until there are events enough: as fast as they can. */
const filling = 14;
/** Seconds within which a service that was killed must be ready. */
const soonEnough = 5;

/** Load and faults, then healing, draining and comparing. True when nothing was lost, doubled or disordered. */
export async function runChaos(
  closing: Closing,
  say: (line: string) => void,
  { seed, short, faults: wanted, events, keeps, load: concurrency }: ChaosOptions,
): Promise<boolean> {
  const began = Date.now();
  const clock = (): string => `${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s`;
  say(
    `Seed ${seed}: ${wanted} faults${events > 0 ? `, at least ${events} events` : ''}. Starting PostgreSQL, three NATS servers, four services twice …`,
  );
  const system = await startSystem(closing, say, { keeps });
  const received = receptions(system);
  const chance = new Chance(seed);
  const world = await prepareWorld(system);
  say(`${clock()}  all is up; the load begins`);
  const load = new Load(system.api, world, new Chance(seed + 1), short ? 12 : 60);
  load.start(concurrency);
  const faults = new Faults(system, chance);
  await pause(3000);
  while (faults.done.length < wanted) {
    const { kind, victim, recovery } = await faults.next();
    const committed = await committedSoFar(system.admin).catch(() => undefined);
    say(
      `${clock()}  ${String(faults.done.length).padStart(3)}  ${kind.padEnd(44)} ${victim}${recovery === undefined ? '' : `, ready after ${recovery.toFixed(1)} s`}` +
        `${committed === undefined ? '' : `  (${committed} events, ${load.journeys} journeys)`}`,
    );
    await pause(short ? chance.between(1000, 3000) : chance.between(2000, 5000));
  }
  if (events > 0) load.hurry(filling);
  for (let told = 0; ; told += 1) {
    const committed = await committedSoFar(system.admin).catch(() => 0);
    if (committed >= events) break;
    if (told % 5 === 0) say(`${clock()}  ${committed} of ${events} events`);
    await pause(2000);
  }
  await load.stop();
  say(`${clock()}  the load has ended after ${load.journeys} journeys; healing and draining`);
  await Promise.all(system.replicas.map((replica) => recovered(replica)));
  const drainSeconds = await drained(system, say);
  say(`${clock()}  comparing`);
  const report = await inspectSystem(system, faults, subscriptions, received);
  return conclude(say, { seed, faults, load, report, drainSeconds, seconds: (Date.now() - began) / 1000 });
}

/** What the partners really receive, repetitions left out, in the order of arrival. */
export function receptions({ partners }: Pick<System, 'partners'>): Received[][] {
  return partners.map((partner) => {
    const list: Received[] = [];
    partner.onReceived(({ id, verified, type, subject, sequence = 0, place = 0, digest }) =>
      list.push({ id, verified, digest, aggregate: `${aggregateOf(type)} ${subject}`, sequence, place }),
    );
    return list;
  });
}

interface Outcome {
  readonly seed: number;
  readonly faults: Faults;
  readonly load: Load;
  readonly report: Awaited<ReturnType<typeof inspectSystem>>;
  readonly drainSeconds: number;
  readonly seconds: number;
}

function conclude(
  say: (line: string) => void,
  { seed, faults, load, report, drainSeconds, seconds }: Outcome,
): boolean {
  const { findings, committed, copies, deadLetters, poison } = report;
  const recoveries = faults.done.flatMap(({ recovery }) => recovery ?? []).sort((a, b) => a - b);
  const recoverySecondsP95 = recoveries[Math.max(0, Math.ceil(recoveries.length * 0.95) - 1)] ?? 0;
  const byKind = new Map<string, number>();
  for (const { kind } of faults.done) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
  say('');
  for (const [kind, count] of [...byKind].sort()) say(`${String(count).padStart(6)}  ${kind}`);
  say('');
  for (const [name, value] of [
    ['journeys through the APIs', load.journeys],
    ['events committed', committed],
    ['copies on the streams, known by their ids', copies],
    ['poisonous messages on the streams', poison],
    ['dead letters', deadLetters],
    ...kinds.map((kind) => [kind, countOf(findings, kind)] as const),
    ['unexpected refusals', load.refusals.length],
    ['ready again after kill -9, 95 %, s', recoverySecondsP95.toFixed(1)],
    ['drained after, s', drainSeconds.toFixed(1)],
  ] as const)
    say(`${String(value).padStart(10)}  ${name}`);
  for (const kind of kinds)
    for (const { what } of findings.filter((finding) => finding.kind === kind).slice(0, fewEnough))
      say(`  ${kind}: ${what}`);
  for (const refusal of [...new Set(load.refusals)].slice(0, fewEnough)) say(`  refused: ${refusal}`);
  const figures = {
    committed,
    lost: countOf(findings, 'lost'),
    twice: countOf(findings, 'twice'),
    outOfOrder: countOf(findings, 'outOfOrder'),
    altered: countOf(findings, 'altered'),
    unaccounted: countOf(findings, 'unaccounted'),
    faults: faults.done.length,
    recoverySecondsP95: Number(recoverySecondsP95.toFixed(2)),
    drainSeconds: Number(drainSeconds.toFixed(1)),
    deadLetters,
    journeys: load.journeys,
    unexpectedRefusals: load.refusals.length,
    seconds: Math.round(seconds),
    seed,
  };
  say('');
  console.log(JSON.stringify(figures));
  return findings.length === 0 && recoverySecondsP95 <= soonEnough;
}
