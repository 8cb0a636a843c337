import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '@okienko/chassis/limits';
import { type Service, services } from '@okienko/contracts/event';
import { Api } from '@okienko/local/api';
import type { Closing } from '@okienko/local/closing';
import { type Line, meets, table } from '../bench/report';
import { Chance } from '../chance';
import { countOf, kinds } from '../chaos/checker/finding';
import { Faults } from '../chaos/system/faults';
import { drained, inspectSystem } from '../chaos/system/inspect-system';
import { Load } from '../chaos/system/load';
import { receptions } from '../chaos/system/run-chaos';
import { type Replica, startSystem, type System } from '../chaos/system/system';
import { prepareWorld, subscriptions } from '../chaos/system/world';
import { type Fronts, frontsOf, urlsOf } from '../upgrade/front';
import { dismiss, killUnderClients, wasKilled } from '../upgrade/rollout';
import { Troubles } from '../upgrade/troubles';
import { Visitors } from '../upgrade/visitors';
import { connectionsLimit, eventPauses, Pulse, Watch } from './meters';

export interface ScaleOptions {
  readonly seed: number;
  readonly short: boolean;
  readonly keeps: boolean;
  /** The careless way, which must be noticed. */
  readonly control: boolean;
  /** Residents' journeys at a time. */
  readonly load: number;
}

/** How many of each there are, one step after the other. */
const steps = [2, 4, 2, 1];
const fewEnough = 8;
/** Milliseconds for which it is looked who does the work, once every connection has been made anew after a change. */
const standing = 8_000;

/** Replicas come and go under load. True when nobody noticed, and when those who came got work. */
export async function runScale(
  closing: Closing,
  say: (line: string) => void,
  { seed, short, keeps, control, load: concurrency }: ScaleOptions,
): Promise<boolean> {
  const began = Date.now();
  const clock = (): string => `${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s`;
  const tell = (line: string): void => say(`${clock()}  ${line}`);
  say(`Seed ${seed}. Starting PostgreSQL, three NATS servers, four services once …`);
  const system = await startSystem(closing, say, { keeps, replicasOfEach: 1 });
  const fronts = frontsOf(system, closing);
  const troubles = new Troubles(clock);
  const urls = await urlsOf(fronts);
  const api = new Api(urls, system.issuer.token, troubles.hear);
  const received = receptions(system);
  const world = await prepareWorld({ ...system, api });
  tell('all is up; the load begins');
  const faults = new Faults(system, new Chance(seed));
  const load = new Load(api, world, new Chance(seed + 1), short ? 12 : 40);
  load.start(concurrency);
  const loadBegan = new Date();
  const visitors = new Visitors(api, world);
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (account: string): Promise<string> => {
    const token = tokens.get(account) ?? system.issuer.token(account);
    tokens.set(account, token);
    return token;
  };
  const pulse = new Pulse(urls, tokenOf, troubles);
  const watch = new Watch(system);
  closing.add(() => watch.stop());
  const scaling = new Scaling(system, fronts, watch, tell);
  await scaling.settle();
  if (control) await carelessly(scaling, load, system);
  else {
    const together: readonly (readonly Service[])[] = short
      ? [['cases', 'providers']]
      : [...services.map((one) => [one]), services];
    for (const [turn, group] of together.entries())
      for (const count of steps) {
        await scaling.scale(group, count);
        if (count === 4 && turn === together.length - 1) {
          const { kind, victim } = await faults.killLeader('OKIENKO_CASES');
          tell(`${kind}: ${victim}, which comes back by itself`);
          await scaling.settle();
        }
      }
  }
  const loadEnded = new Date();
  await Promise.all([visitors.stop(), pulse.stop(), load.stop()]);
  tell(`the load has ended after ${load.journeys} journeys; draining`);
  const drainSeconds = await drained(system, say);
  await watch.stop();
  tell('comparing');
  const { findings, committed } = await inspectSystem(system, { poisoned: [] }, subscriptions, received);
  const pauses = await eventPauses(system.admin, loadBegan, loadEnded);
  const refusals = [...load.refusals, ...visitors.refusals];
  const idle = scaling.grown.filter((name) => (watch.work.get(name)?.requests ?? 0) === 0);
  const workers = (service: Service): number =>
    [...watch.work].filter(([name, { events }]) => name.startsWith(service) && events > 0).length;
  const none = { atMost: 0 };
  const lines: Line[] = [
    { key: 'failedRequests', figure: troubles.failed.length, goal: none, what: 'beyond those told to come again' },
    { key: 'eventsLost', figure: countOf(findings, 'lost'), goal: none, what: `of ${committed} committed` },
    ...kinds
      .filter((kind) => kind !== 'lost')
      .map((kind) => ({ key: kind, figure: countOf(findings, kind), goal: none, what: '' })),
    { key: 'unexpectedRefusals', figure: refusals.length, goal: none, what: '' },
    {
      key: 'longestPauseSeconds',
      figure: Math.max(...Object.values(pulse.longestPause)),
      goal: { atMost: 3 },
      what: `between two answers of a service (${Object.entries(pulse.longestPause)
        .map(([service, seconds]) => `${service} ${seconds.toFixed(2)}`)
        .join(', ')})`,
    },
    {
      key: 'longestEventPauseSeconds',
      figure: pauses.pause,
      goal: { atMost: 10 },
      what: 'in which no event was handled',
    },
    {
      key: 'longestEventWaitSeconds',
      figure: pauses.wait,
      goal: { atMost: 15 },
      what: `from the act that it tells of to its handling: ${pauses.waited}`,
    },
    {
      key: 'replicasWithoutWork',
      figure: idle.length,
      goal: none,
      what: `of ${scaling.grown.length} that joined: no request came to them. ${idle.join(', ')}`,
    },
    {
      key: 'leastShare',
      figure: scaling.leastShare,
      goal: { atLeast: 0.2 },
      what: 'of its even share of requests, the replica that got least while the number stood',
    },
    {
      key: 'killedReplicas',
      figure: scaling.drains.filter(wasKilled).length,
      goal: none,
      what: 'that did not end by themselves',
    },
    {
      key: 'connectionsAtMost',
      figure: watch.connectionsAtMost,
      goal: { atMost: (await connectionsLimit(system.admin)) - 1 },
      what: `to PostgreSQL, with up to ${scaling.mostReplicas} replicas`,
    },
    { key: 'toldToRetry', figure: troubles.toldToRetry, what: 'requests, by 503 with Retry-After' },
    {
      key: 'longestDrainSeconds',
      figure: Math.max(0, ...scaling.drains),
      what: 'from SIGTERM to the end of a replica',
    },
    { key: 'drainSeconds', figure: drainSeconds, what: 'from the end of the load to the last event' },
    { key: 'journeys', figure: load.journeys, what: '' },
  ];
  say(`\n${scaling.table()}\n`);
  for (const service of services)
    say(`${service}: events were handled by ${workers(service)} replicas, one after the other`);
  say(`\n${table(lines)}`);
  for (const { what } of troubles.failed.slice(0, fewEnough)) say(`  failed: ${what}`);
  for (const line of [...new Set(refusals)].slice(0, fewEnough)) say(`  refused: ${line}`);
  for (const { kind, what } of findings.slice(0, fewEnough)) say(`  ${kind}: ${what}`);
  const caught = troubles.failed.some(({ status }) => status === 0);
  say('');
  console.log(
    JSON.stringify({
      ...Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toFixed(2))])),
      committed,
      phases: scaling.phases,
      shares: Object.fromEntries(watch.work),
      ...(control ? { control: 'careless', caught } : {}),
      short,
      seed,
      seconds: Math.round((Date.now() - began) / 1000),
    }),
  );
  return control ? caught : lines.every(meets);
}

interface Phase {
  readonly replicas: Readonly<Record<Service, number>>;
  readonly requestsPerSecond: number;
  /** Requests of each replica. */
  readonly requests: Readonly<Record<string, number>>;
}

/** How many replicas there are of each service, and what each of them did between two changes. */
class Scaling {
  readonly phases: Phase[] = [];
  readonly drains: number[] = [];
  readonly grown: string[] = [];
  mostReplicas = services.length;
  leastShare = 1;

  constructor(
    private readonly system: System,
    private readonly fronts: Fronts,
    private readonly watch: Watch,
    private readonly say: (line: string) => void,
  ) {}

  async scale(group: readonly Service[], count: number): Promise<void> {
    this.say(`${group.join(', ')}: ${this.replicasOf(group[0] as Service).length} → ${count}`);
    await Promise.all(group.map((service) => this.one(service, count)));
    this.mostReplicas = Math.max(this.mostReplicas, this.system.replicas.length);
    await this.settle();
  }

  /** Some time in which nobody comes and nobody goes, measured. */
  async settle(): Promise<void> {
    await pause(limits.connectionMilliseconds);
    await this.watch.look();
    const before = new Map(this.watch.work);
    const began = Date.now();
    await pause(standing);
    await this.watch.look();
    const seconds = (Date.now() - began) / 1000;
    const requests: Record<string, number> = {};
    for (const { name } of this.system.replicas)
      requests[name] = (this.watch.work.get(name)?.requests ?? 0) - (before.get(name)?.requests ?? 0);
    const all = Object.values(requests).reduce((sum, count) => sum + count, 0);
    const replicas = Object.fromEntries(services.map((service) => [service, this.replicasOf(service).length]));
    for (const service of services) this.leastShare = Math.min(this.leastShare, ...this.shares(service, requests));
    this.phases.push({
      replicas: replicas as Phase['replicas'],
      requestsPerSecond: Math.round(all / seconds),
      requests,
    });
  }

  table(): string {
    return this.phases
      .map(({ replicas, requestsPerSecond, requests }) => {
        const numbers = services.map((service) => {
          const shares = this.shares(service, requests).map((share) => share.toFixed(2));
          return `${service} ${replicas[service]} (${shares.join(' ')})`.padEnd(38);
        });
        return `${String(requestsPerSecond).padStart(5)} requests/s  ${numbers.join('')}`.trimEnd();
      })
      .join('\n');
  }

  replicasOf(service: Service): Replica[] {
    return this.system.replicas.filter((replica) => replica.service === service);
  }

  /** Requests of each replica as a part of an even share. */
  private shares(service: Service, requests: Phase['requests']): number[] {
    const own = Object.entries(requests).filter(([name]) => name.startsWith(`${service}-`));
    const all = own.reduce((sum, [, count]) => sum + count, 0);
    return own.map(([, count]) => (all === 0 ? 0 : (count * own.length) / all));
  }

  /** Who was there first goes first: with it go the relay, and the turns at the broker. */
  private async one(service: Service, count: number): Promise<void> {
    const all = this.replicasOf(service);
    for (const replica of all.slice(0, Math.max(0, all.length - count))) {
      this.drains.push(await dismiss(this.system, this.fronts[service], replica));
      this.system.forget(replica);
    }
    await Promise.all(
      Array.from({ length: Math.max(0, count - all.length) }, async () => {
        const replica = await this.system.grow(service);
        this.grown.push(replica.name);
        this.fronts[service].admit(replica);
      }),
    );
  }
}

/** What must be noticed: replicas killed under their clients. */
async function carelessly(scaling: Scaling, load: Load, system: System): Promise<void> {
  await scaling.scale(['cases', 'providers'], 2);
  load.hurry(6);
  for (const replica of [...scaling.replicasOf('providers'), ...scaling.replicasOf('cases')])
    await killUnderClients(system, replica);
}
