import { setTimeout as pause } from 'node:timers/promises';
import { type Service, services } from '@okienko/contracts/event';
import { Api } from '@okienko/local/api';
import type { Closing } from '@okienko/local/closing';
import { Chance } from '../chance';
import { countOf, type Finding, kinds } from '../chaos/checker/finding';
import { drained, inspectSystem } from '../chaos/system/inspect-system';
import { Load } from '../chaos/system/load';
import { receptions } from '../chaos/system/run-chaos';
import { startSystem, type System } from '../chaos/system/system';
import { prepareWorld, subscriptions } from '../chaos/system/world';
import type { Build } from './builds';
import { frontsOf, urlsOf } from './front';
import { Rollout } from './rollout';
import { Troubles } from './troubles';
import { Visitors } from './visitors';

export interface UpgradeOptions {
  readonly seed: number;
  readonly short: boolean;
  readonly keeps: boolean;
  /** The careless way, which must be noticed. */
  readonly control: boolean;
  /** Residents' journeys at a time. */
  readonly load: number;
}

export interface Builds {
  readonly before: Build | undefined;
  readonly now: Build;
  readonly next: Build;
  /** `next`, and what it no longer needs is dropped. */
  readonly contracted: Build;
}

const fewEnough = 8;

/** Upgrades and roll-backs under load. True when no request failed and no event was lost, doubled or disordered. */
export async function runUpgrade(
  closing: Closing,
  say: (line: string) => void,
  builds: Builds,
  { seed, short, keeps, control, load: concurrency }: UpgradeOptions,
): Promise<boolean> {
  const began = Date.now();
  const clock = (): string => `${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s`;
  const tell = (line: string): void => say(`${clock()}  ${line}`);
  const chance = new Chance(seed);
  const first = builds.before ?? builds.now;
  const reachesNext = !control && !(short && builds.before);
  say(`Seed ${seed}. Starting PostgreSQL, three NATS servers, four services twice, all of ${first.name} …`);
  const system = await startSystem(closing, say, { keeps, build: first.mainOf });
  const fronts = frontsOf(system, closing);
  const watched: { rollout?: Rollout } = {};
  // How the version before stops was judged when it was this version, and cannot be mended any more.
  const stoppingBefore = (): boolean =>
    watched.rollout?.stopping !== undefined && watched.rollout.stopping === builds.before;
  const troubles = new Troubles(clock, (status) => (status === 503 || status === 0) && stoppingBefore());
  const api = new Api(await urlsOf(fronts), system.issuer.token, troubles.hear);
  const received = receptions(system);
  const world = await prepareWorld({ ...system, api });
  tell('all is up; the load begins');
  const load = new Load(api, world, new Chance(seed + 1), short ? 12 : 40);
  load.start(concurrency);
  const visitors = new Visitors(api, world);
  const rollout = (watched.rollout = new Rollout(system, fronts, first, tell));
  await pause(5000);
  if (control) await carelessly(load, rollout, builds, system);
  else if (short) await shortWay(rollout, builds, chance);
  else await longWay(rollout, builds, chance);
  await visitors.stop();
  await load.stop();
  tell(`the load has ended after ${load.journeys} journeys; draining`);
  const drainSeconds = await drained(system, say);
  tell('comparing');
  const { findings, committed } = await inspectSystem(system, { poisoned: [] }, subscriptions, received);
  const met = reachesNext ? await inspectNew(system) : { newEvents: 0, findings: [] };
  const refusals = [...load.refusals, ...visitors.refusals];
  const all = [...findings, ...met.findings];
  say('');
  for (const [name, value] of [
    ['upgrades and roll-backs of a service', rollout.rollings],
    ['journeys through the APIs', load.journeys],
    ['events committed', committed],
    ['of these, of a kind that is new', met.newEvents],
    ['requests that failed', troubles.failed.length],
    ['requests told to come again', troubles.toldToRetry],
    ['refused by N-1 while it stopped', troubles.excused],
    ['unexpected refusals', refusals.length],
    ...kinds.map((kind) => [kind, countOf(all, kind)] as const),
    ['replicas that did not end by themselves', rollout.killed],
    ['longest drain of a replica, s', Math.max(0, ...rollout.drains).toFixed(1)],
    ['start to ready under load, median, s', median(rollout.starts).toFixed(1)],
  ] as const)
    say(`${String(value).padStart(10)}  ${name}`);
  for (const { what } of troubles.failed.slice(0, fewEnough)) say(`  failed: ${what}`);
  for (const line of [...new Set(refusals)].slice(0, fewEnough)) say(`  refused: ${line}`);
  for (const { kind, what } of all.slice(0, fewEnough)) say(`  ${kind}: ${what}`);
  // Both ways of being careless: connections cut under a request, and code on a schema that lacks what it uses.
  const met500 = troubles.failed.some(({ status }) => status === 500);
  const caught = met500 && troubles.failed.some(({ status }) => status === 0);
  const clean = troubles.failed.length === 0 && refusals.length === 0 && all.length === 0 && rollout.killed === 0;
  say('');
  console.log(
    JSON.stringify({
      failedRequests: troubles.failed.length,
      eventsLost: countOf(all, 'lost'),
      twice: countOf(all, 'twice'),
      outOfOrder: countOf(all, 'outOfOrder'),
      altered: countOf(all, 'altered'),
      unaccounted: countOf(all, 'unaccounted'),
      unexpectedRefusals: refusals.length,
      toldToRetry: troubles.toldToRetry,
      predecessorRefusals: troubles.excused,
      rollings: rollout.rollings,
      committed,
      newEvents: met.newEvents,
      journeys: load.journeys,
      longestDrainSeconds: Number(Math.max(0, ...rollout.drains).toFixed(2)),
      startSecondsUnderLoad: Number(median(rollout.starts).toFixed(2)),
      drainSeconds: Number(drainSeconds.toFixed(1)),
      versions: {
        ...(builds.before ? { 'N-1': builds.before.from } : {}),
        N: builds.now.from,
        ...(reachesNext ? { 'N+1': builds.next.from } : {}),
      },
      ...(control ? { control: 'careless', caught } : {}),
      short,
      seed,
      seconds: Math.round((Date.now() - began) / 1000),
    }),
  );
  return control ? caught : clean && (met.newEvents > 0 || !reachesNext);
}

/** Every service there and back, alone; then all of them; then each back among the new ones and forth again. */
async function longWay(rollout: Rollout, { before, now, next, contracted }: Builds, chance: Chance): Promise<void> {
  for (const [old, young] of before ? [[before, now] as const, [now, next] as const] : [[now, next] as const]) {
    for (const service of shuffled(chance)) {
      await rollout.roll(service, young);
      await pause(2000);
      await rollout.roll(service, old, true);
    }
    for (const service of shuffled(chance)) await rollout.roll(service, young);
    for (const service of shuffled(chance)) {
      await rollout.roll(service, old, true);
      await pause(2000);
      await rollout.roll(service, young);
    }
  }
  for (const service of shuffled(chance)) await rollout.roll(service, contracted);
  await pause(3000);
}

/** One service there and back among the old ones, and again among the new ones. */
async function shortWay(rollout: Rollout, { before, now, next, contracted }: Builds, chance: Chance): Promise<void> {
  const [old, young] = before ? [before, now] : [now, next];
  const [chosen, ...others] = shuffled(chance) as [Service, ...Service[]];
  await rollout.roll(chosen, young);
  await rollout.roll(chosen, old, true);
  for (const other of others) await rollout.roll(other, young);
  await pause(2000);
  await rollout.roll(chosen, young);
  if (young === next) await rollout.roll('providers', contracted);
  await pause(2000);
}

/** What must be noticed: replicas killed under their clients, and a column dropped that is still in use. */
async function carelessly(load: Load, rollout: Rollout, { contracted }: Builds, system: System): Promise<void> {
  load.hurry(6);
  await rollout.kill('providers');
  await rollout.kill('cases');
  await system.migrate('providers', contracted.mainOf);
  await pause(3000);
  await rollout.roll('providers', contracted);
  await pause(2000);
}

const shuffled = (chance: Chance): Service[] => {
  const left = [...services];
  return services.map(() => left.splice(chance.below(left.length), 1)[0] as Service);
};

/** Whether what only the next version says was said, and by whom it was heard no more often than that. */
async function inspectNew({ admin }: System): Promise<{ newEvents: number; findings: Finding[] }> {
  const { rows } = await admin.query<{ said: number; heard: number }>(
    `select (select count(*)::int from providers.outbox where subject = 'providers.delivery.counted.v1') as said,
            (select coalesce(sum(counted_deliveries), 0)::int from cases.allocation) as heard`,
  );
  const { said, heard } = rows[0] as { said: number; heard: number };
  const what = `delivery.counted: said ${said} times, heard ${heard} times`;
  return { newEvents: said, findings: heard > said ? [{ kind: 'twice', what }] : [] };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
