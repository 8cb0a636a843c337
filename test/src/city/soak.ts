import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dayOf } from '@okienko/contracts/calendar';
import { services } from '@okienko/contracts/event';
import { Closing } from '@okienko/local/closing';
import { Obstacle } from '@okienko/local/obstacle';
import type { Status } from '@okienko/local/page-status';
import { readAssumptions } from '@okienko/local/sizing/model';
import { run } from '@okienko/local/steps';
import { type Line, meets, table } from '../bench/report';
import { hardware } from '../bench/world';
import { Chance } from '../chance';
import { LocalDeployment } from '../local-deployment';
import { Behind } from './behind';
import { type Done, ratesOf, Town } from './living';
import { officeOf, staff } from './office';
import { slopeOf } from './slope';
import { openWorld } from './world';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const elblag = 115_000;
const spikeTimes = 5;
const sampleEvery = 5_000;
/** A matter's week, so that whole matters are lived within the run. */
const week = 2_000;
/** Beyond that, a p95 counts as no better than the one before the spike. */
const usual = 1.5;
const leastMilliseconds = 50;

interface Sample {
  readonly at: number;
  /** Megabytes by service. */
  readonly memory: Readonly<Record<string, number>>;
  readonly connections: number;
  /** Rows that must be gone after a while. */
  readonly waiting: number;
}

/** What must become empty again: events unsent or unhandled, dead letters, dispatches under way. Each is a row too many when it stays. */
const leftOver = [
  ...services.map(
    (service) => `(select count(*) from ${service}.outbox o, ${service}.outbox_relay r where o.seq > r.low)`,
  ),
  ...services.map((service) => `(select count(*) from ${service}.dead_letter)`),
  ...services.map((service) => `(select count(*) from ${service}.outbox_parked)`),
  ...services.map((service) => `(select count(*) from ${service}.inbox_attempt)`),
  `(select count(*) from notifications.dispatch where state = 'PENDING')`,
].join(' + ');

/** `npm run soak`: the load of a city for hours, with a spike, while somebody watches what grows. */
run(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean' },
      minutes: { type: 'string' },
      spike: { type: 'string' },
      times: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (process.platform !== 'linux') throw new Obstacle('What a process holds is read from /proc, on Linux alone.');
  const minutes = Number(values.minutes ?? (values.short ? 5 : 480));
  const spike = Number(values.spike ?? (values.short ? 20 : 120)) * 1000;
  const [times, seed] = [Number(values.times), Number(values.seed)];
  if (![minutes, spike, times, seed].every((value) => value > 0))
    throw new Obstacle('Each number is above 0.', 'usage');
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    const lines = await soak({ minutes, spike, times, seed }, closing);
    const met = lines.every(meets);
    say(`\n${table(lines)}\n`);
    await closing.end();
    const figures = Object.fromEntries(lines.map(({ key, figure }) => [key, figure]));
    say(JSON.stringify({ proof: 'soak', met, seed, minutes, times, spikeTimes, hardware, ...figures }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    await (closing.begun ? interrupted : closing.end());
    throw error;
  }
});

async function soak(
  { minutes, spike, times, seed }: { minutes: number; spike: number; times: number; seed: number },
  closing: Closing,
): Promise<Line[]> {
  const assumed = readAssumptions();
  const mean = ratesOf(elblag, assumed);
  let now = times * assumed.peak.value;
  const rates = (): typeof mean => ({
    journey: mean.journey * now,
    write: mean.write * now,
    look: mean.look * now,
    search: mean.search * now,
  });
  const asked = Object.values(rates()).reduce((sum, rate) => sum + rate, 0);
  say(
    `Elbląg's peak × ${times}: ${asked.toFixed(1)} acts a second for ${minutes} minutes, five times as many for ${spike / 1000} s.`,
  );
  const deployment = await LocalDeployment.prepare();
  closing.add(() => rmSync(deployment.home, { recursive: true, force: true }));
  await deployment.start('--no-journey');
  closing.add(() => deployment.stop());
  const behind = await Behind.open(deployment.places, closing);
  const office = officeOf(await deployment.api(), () => dayOf(new Date()));
  const world = await openWorld(
    office,
    1_000_000,
    [
      { id: deployment.seeded('prov-03'), account: 'provider-ecus' },
      { id: deployment.seeded('prov-02'), account: 'provider-elblog' },
    ],
    deployment.seeded(`authorisation ${staff.director}`),
  );
  const done: (Done & { readonly at: number })[] = [];
  const town = new Town(office, world, new Chance(seed), rates, week, (one) => done.push({ ...one, at: Date.now() }));
  const began = Date.now();
  await town.start();
  closing.add(() => town.stop());

  const status = await deployment.json<Status>('/status.json');
  const samples: Sample[] = [];
  const watch = async (until: number): Promise<void> => {
    while (Date.now() < until && !closing.begun) {
      await pause(Math.min(sampleEvery, Math.max(0, until - Date.now())));
      const sample = await sampled(behind, status);
      samples.push(sample);
      const recent = done.filter(({ at }) => at > Date.now() - sampleEvery);
      const memory = services.map((name) => `${name} ${sample.memory[name]?.toFixed(0)}`).join(', ');
      say(
        `${((Date.now() - began) / 1000).toFixed(0).padStart(6)} s  ${(recent.length / (sampleEvery / 1000)).toFixed(0)}/s, p95 ${p95(recent).toFixed(0)} ms, ${recent.filter(({ failure }) => failure).length} failed; MB ${memory}; ${sample.connections} connections, ${sample.waiting} waiting`,
      );
    }
  };
  const length = minutes * 60_000;
  const spikeAt = began + Math.max(length * 0.6, length - 40 * 60_000);
  await watch(spikeAt);
  const before = done.filter(({ at }) => at > began + (spikeAt - began) / 2);
  now *= spikeTimes;
  say('the spike begins');
  await watch(spikeAt + spike);
  now /= spikeTimes;
  const over = Date.now();
  say('the spike is over');
  await watch(began + length);
  await town.stop();
  // What came in last may take its way.
  let left = await behind.count(`select ${leftOver}`);
  for (let tries = 0; left > 0 && tries < 30; tries += 1) {
    await pause(1000);
    left = await behind.count(`select ${leftOver}`);
  }
  return judged({ done, samples, began, spikeAt, over, usualP95: p95(before), left });
}

interface Course {
  readonly done: readonly (Done & { readonly at: number })[];
  readonly samples: readonly Sample[];
  readonly began: number;
  readonly spikeAt: number;
  readonly over: number;
  readonly usualP95: number;
  readonly left: number;
}

function judged({ done, samples, began, spikeAt, over, usualP95, left }: Course): Line[] {
  // Warm after a third of the time before the spike; the spike itself may take more for a while.
  const warm = samples.filter(({ at }) => at > began + (spikeAt - began) / 3 && at < spikeAt);
  const growth = services.map((name) => slopeOf(warm.map(({ at, memory }) => [at / 60_000, memory[name] ?? 0])));
  const failures = done.filter(({ failure }) => failure !== undefined);
  for (const [what, count] of counted(failures.map(({ failure = '' }) => failure)).slice(0, 5))
    say(`  ${count} × ${what}`);
  const hours = (spikeAt - began) / 3_600_000;
  const last = samples.at(-1);
  const connections = Math.max(...warm.map((sample) => sample.connections));
  return [
    { key: 'acts', figure: done.length, what: 'acts of residents, staff and providers' },
    { key: 'failures', figure: failures.length, goal: { atMost: 0 }, what: 'acts that failed' },
    { key: 'p95Ms', figure: usualP95, what: 'milliseconds from when an act was due, for 95 of 100, before the spike' },
    {
      key: 'p95SpikeMs',
      figure: p95(done.filter(({ at }) => at >= spikeAt && at < over)),
      what: 'the same during the spike',
    },
    {
      key: 'secondsToUsual',
      figure: secondsToUsual(done, over, Math.max(usualP95 * usual, leastMilliseconds)),
      goal: { atMost: 60 },
      what: `seconds after the spike until p95 is back within ${usual} times the usual`,
    },
    {
      key: 'memoryGrowthPercent',
      // Of short runs an hour cannot be told: what counts is how much more there is at their end.
      figure: Math.max(
        ...growth.map((slope, index) => growthIn(slope, hours, warm[0]?.memory[services[index] ?? ''] ?? 1)),
      ),
      goal: { atMost: 10 },
      what: 'per cent that the memory of a service grows by between warm-up and spike, the fastest of four',
    },
    {
      key: 'connectionsMore',
      figure: (last?.connections ?? 0) - connections,
      goal: { atMost: 0 },
      what: 'connections to PostgreSQL at the end beyond the most before the spike',
    },
    {
      key: 'left',
      figure: left,
      goal: { atMost: 0 },
      what: 'events unsent, parked or tried again, webhooks pending, at the end',
    },
  ];
}

const growthIn = (perMinute: number, hours: number, of: number): number =>
  Number(Math.max(0, (100 * perMinute * hours * 60 * (2 / 3)) / of).toFixed(1));

/** Until the acts of ten seconds are as fast again as they usually are. */
function secondsToUsual(done: Course['done'], over: number, within: number): number {
  for (let seconds = 0; seconds <= 600; seconds += 5) {
    const from = over + seconds * 1000;
    const window = done.filter(({ at }) => at >= from && at < from + 10_000);
    if (window.length > 0 && p95(window) <= within) return seconds;
  }
  return Infinity;
}

function p95(list: readonly Done[]): number {
  const sorted = list.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}

function counted(list: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

async function sampled(behind: Behind, { services: known }: Status): Promise<Sample> {
  const memory: Record<string, number> = {};
  for (const { name, pid } of known) {
    const told = readFileSync(`/proc/${pid}/status`, 'utf8');
    memory[name] = Number(/^VmRSS:\s+(\d+)/m.exec(told)?.[1] ?? 0) / 1024;
  }
  const connections = await behind.count(`select count(*) from pg_stat_activity where datname = 'okienko'`);
  return { at: Date.now(), memory, connections, waiting: await behind.count(`select ${leftOver}`) };
}
