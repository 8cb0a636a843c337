import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dayOf } from '@okienko/contracts/calendar';
import { services } from '@okienko/contracts/event';
import { Closing } from '@okienko/local/closing';
import { Obstacle } from '@okienko/local/obstacle';
import type { Status } from '@okienko/local/page-status';
import { readAssumptions } from '@okienko/local/sizing/model';
import { run } from '@okienko/local/steps';
import { getGlobalDispatcher } from 'undici';
import { type Line, meets, table } from '../bench/report';
import { hardware } from '../bench/world';
import { Chance } from '../chance';
import { LocalDeployment } from '../local-deployment';
import { Behind } from './behind';
import { heldTables } from './held';
import { ratesOf, Town } from './living';
import { officeOf, staff } from './office';
import { type Course, type Ended, grownTables, judged, p95, type Sample, warmAt } from './soak-judging';
import { openWorld } from './world';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const elblag = 115_000;
const spikeTimes = 5;
const leastBetweenSamples = 2_000;
const mostBetweenSamples = 60_000;
/** A matter's week, so that whole matters are lived within the run. */
const week = 2_000;
/** Seconds in which everything must become empty again when nobody works any more. */
const patience = 60;

/** Milliseconds in which a pool lets go of what it does not need any more, and some. */
const rest = 15_000;

/** What waits where nothing must wait for long: dead letters, parked and tried events, dispatches under way. Each is a row too many when it stays. */
const leftOver = [
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
  const done: Ended[] = [];
  const town = new Town(office, world, new Chance(seed), rates, week, (one) => done.push({ ...one, at: Date.now() }));
  const began = Date.now();
  const length = minutes * 60_000;
  const spikeAt = began + Math.max(length * 0.6, length - 40 * 60_000);
  const between = Math.min(mostBetweenSamples, Math.max(leastBetweenSamples, length / 60));
  await town.start();
  closing.add(() => town.stop());

  const status = await deployment.json<Status>('/status.json');
  const samples: Sample[] = [];
  const waiting = async (): Promise<number> => (await behind.waiting()) + (await behind.count(`select ${leftOver}`));
  const watch = async (until: number): Promise<void> => {
    while (Date.now() < until && !closing.begun) {
      await pause(Math.min(between, Math.max(0, until - Date.now())));
      const sample = await sampled(behind, status);
      samples.push(sample);
      const recent = done.filter(({ at }) => at > Date.now() - between);
      const told = services.map(
        (name) =>
          `${name} ${[sample.megabytes[name]?.toFixed(0), sample.connections[name], sample.sockets[name]].join('/')}`,
      );
      say(
        `${((Date.now() - began) / 1000).toFixed(0).padStart(6)} s  ${(recent.length / (between / 1000)).toFixed(0)}/s, p95 ${p95(recent).toFixed(0)} ms, ${recent.filter(({ failure }) => failure).length} failed; MB/connections/sockets: ${told.join(', ')}; ${await waiting()} waiting`,
      );
    }
  };
  await watch(warmAt({ began, spikeAt }));
  const tablesWarm = await heldTables(behind);
  await watch(spikeAt);
  now *= spikeTimes;
  say('the spike begins');
  await watch(spikeAt + spike);
  now /= spikeTimes;
  const over = Date.now();
  say('the spike is over');
  await watch(began + length);
  await town.stop();
  // What came in last may take its way.
  const deadline = Date.now() + patience * 1000;
  let left = await waiting();
  while (left > 0 && Date.now() < deadline) {
    await pause(1000);
    left = await waiting();
  }
  // The residents and staff hang up: a service keeps an idle connection of a client for a minute.
  await getGlobalDispatcher().close();
  const restAt = Date.now();
  say('nobody works any more');
  await watch(restAt + rest);
  const course = {
    done,
    samples,
    began,
    spikeAt,
    over,
    restAt,
    tablesWarm,
    tablesAtEnd: await heldTables(behind),
    left,
  };
  tellWorst(course);
  return judged(course);
}

/** What failed and what grew, by name. */
function tellWorst(course: Course): void {
  const failures = course.done.flatMap(({ failure }) => failure ?? []);
  const counts = [...Map.groupBy(failures, (failure) => failure)].map(([what, list]) => [what, list.length] as const);
  for (const [what, count] of counts.toSorted((one, other) => other[1] - one[1]).slice(0, 5))
    say(`  ${count} × ${what}`);
  for (const { table, rows, kilobytes } of grownTables(course)
    .filter(({ rows, kilobytes }) => rows > 0 || kilobytes > 100)
    .slice(0, 5))
    say(`  ${table}: ${rows} rows and ${kilobytes} kilobytes more`);
}

async function sampled(behind: Behind, { services: known }: Status): Promise<Sample> {
  const megabytes: Record<string, number> = {};
  const sockets: Record<string, number> = {};
  for (const { name, pid } of known) {
    megabytes[name] = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;
    sockets[name] = readdirSync(`/proc/${pid}/fd`).filter((fd) => isSocket(`/proc/${pid}/fd/${fd}`)).length;
  }
  const held = await behind.rows<{ name: string; count: number }>(
    `select split_part(usename, '_', 1) as name, count(*)::int as count from pg_stat_activity
     where datname = 'okienko' and backend_type = 'client backend' group by 1`,
  );
  const counts = new Map(held.map(({ name, count }) => [name, count]));
  const connections = Object.fromEntries(services.map((name) => [name, counts.get(name) ?? 0]));
  return { at: Date.now(), megabytes, connections, sockets };
}

/** False for one that was closed meanwhile, too. */
function isSocket(link: string): boolean {
  try {
    return readlinkSync(link).startsWith('socket:');
  } catch {
    return false;
  }
}
