import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dayOf } from '@okienko/contracts/calendar';
import type { Service } from '@okienko/contracts/event';
import { Closing } from '@okienko/local/closing';
import { Obstacle } from '@okienko/local/obstacle';
import { portNumber } from '@okienko/local/ports';
import { runningSystem } from '@okienko/local/running-system';
import { urlOf } from '@okienko/local/services';
import { secondsOf } from '@okienko/local/sizing/spending';
import { run } from '@okienko/local/steps';
import { tokenFrom } from '@okienko/local/token';
import { Chance } from '../../chance';
import { Behind, placesOf } from '../../city/behind';
import { cityFile } from '../../city/loading';
import { staff } from '../../city/office';
import { percentile, shown } from '../rounds';
import { hardware } from '../world';
import { Counted, type Told } from './counted';
import {
  anyOf,
  filing,
  type Floor,
  type Matter,
  newcomer,
  openCrvs,
  openZaak,
  requestsOf,
  type Scenario,
} from './scenarios';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** As the peers published them. Sources: docs/performance/peers.md. */
const published = {
  requestsPerSecond: [25, 100, 200],
  burst: [
    { users: 10, perSecond: 24.2, medianMs: 390, notificationMs: 88.6 },
    { users: 20, perSecond: 25.0, medianMs: 740, notificationMs: 83.9 },
    { users: 40, perSecond: 24.2, medianMs: 1200, notificationMs: 86.6 },
  ],
  casesPerSecond: 25,
  users: 1_150,
  declareP95: 338,
  searchP95: 57,
};

/** Seconds from one act of a user to the next, on average: assumed. */
const thinking = 20;
const mostAtOnce = 400;

interface Measured {
  readonly perSecond: number;
  readonly failures: number;
  /** Processors kept busy by services and engines together. */
  readonly processors: number;
  readonly told: readonly Told[];
}

interface Filed {
  readonly measured: Measured;
  readonly notified: Awaited<ReturnType<typeof notifications>>;
}

/** `npm run bench:peers`: the loads that peers published, on the city that runs. */
run(async () => {
  const { values } = parseArgs({
    options: { short: { type: 'boolean' }, seconds: { type: 'string' }, seed: { type: 'string', default: '1' } },
  });
  const seconds = Number(values.seconds ?? (values.short ? 10 : 60));
  if (!(seconds > 0)) throw new Obstacle('--seconds is a number above 0.', 'usage');
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    const system = await runningSystem();
    const city = cityFile(system.home).read();
    if (!city) throw new Obstacle('No city is loaded: npm run city -- --load-only --size elblag, before.');
    const behind = await Behind.open(placesOf(system.home), closing);
    let told: Told[] = [];
    const urls = Object.fromEntries(system.status.services.map(({ name, url }) => [name, url])) as Record<
      Service,
      string
    >;
    const counted = new Counted(
      urls,
      (account) => tokenFrom(urlOf(portNumber('issuer')), system.home, account),
      () => dayOf(new Date()),
      (one) => told.push(one),
    );
    closing.add(() => counted.close());
    say('▸ matters of the city to ask about are drawn');
    const matters = await behind.rows<Matter>(
      `select a.id as application, a.person_id as person, p.id as plan, l.id as allocation, l.order_id as order, l.offer_id as offer
       from (select * from cases.allocation where order_id is not null and plan_id is not null order by random() limit 5000) l
       join cases.individual_plan p on p.id = l.plan_id join cases.application a on a.id = p.application_id`,
    );
    const people: Floor['people'][number][] = [];
    for (const { person } of matters.slice(0, 200)) {
      const { familyName, birthDate } = await counted.get<Floor['people'][number]>(
        staff.coordinator,
        'cases',
        `/persons/${person}`,
      );
      people.push({ familyName, birthDate });
    }
    const chance = new Chance(Number(values.seed));
    const floor: Floor = { counted, world: city.world, chance, matters, people, going: [] };
    const pids = [...system.status.services, ...system.status.engines].flatMap(({ pid }) => pid ?? []);
    const spent = (): number => pids.reduce((sum, pid) => sum + secondsOf(pid), 0);

    const watched = async (during: () => Promise<unknown>): Promise<Measured> => {
      told = [];
      const [before, began] = [spent(), Date.now()];
      await during();
      const took = (Date.now() - began) / 1000;
      const failures = told.filter(({ failure }) => failure !== undefined);
      for (const { failure } of failures.slice(0, 3)) say(`    ${failure}`);
      return { told, failures: failures.length, perSecond: told.length / took, processors: (spent() - before) / took };
    };
    const line = (name: string, { told: all, perSecond, failures, processors }: Measured): void => {
      say(
        `  ${name.padEnd(30)} ${timesOf(all)}  ${shown(perSecond)}/s, ${failures} failed, ${shown(processors)} processors`,
      );
      const kinds = [...new Set(all.map(({ what }) => what))];
      for (const kind of kinds.length > 1 ? kinds : [])
        say(`    ${kind.padEnd(28)} ${timesOf(all.filter(({ what }) => what === kind))}`);
    };
    const openLoop = async (scenarios: readonly Scenario[], requestsPerSecond: number): Promise<void> => {
      const perSecond = requestsPerSecond / requestsOf(scenarios);
      const running = new Set<Promise<unknown>>();
      const began = Date.now();
      for (let due = 0, started = 0; Date.now() - began < seconds * 1000 && !closing.begun; await pause(5)) {
        due = ((Date.now() - began) / 1000) * perSecond;
        for (; started < due; started += 1) {
          if (running.size >= mostAtOnce)
            told.push({ what: 'nobody free', milliseconds: 0, failure: 'too many at once' });
          else {
            const one: Promise<unknown> = anyOf(scenarios, chance)
              .act(floor)
              .catch(() => undefined)
              .finally(() => running.delete(one));
            running.add(one);
          }
        }
      }
      await Promise.all(running);
    };
    const p95Of = (what: string, { told: all }: Measured): number =>
      percentile(
        all.filter((one) => one.what === what).map(({ milliseconds }) => milliseconds),
        0.95,
      );
    const rounded = (value: number): number => Number(value.toPrecision(3));

    say(`${city.residents} residents; each load for ${seconds} s.`);
    say('▸ warm-up');
    await watched(() => openLoop(openZaak, 25));

    say('▸ the mix of Open Zaak: twelve kinds of work by their weights');
    const mixes = [];
    for (const asked of published.requestsPerSecond) {
      const measured = await watched(() => openLoop(openZaak, asked));
      line(`${asked} requests a second`, measured);
      const times = measured.told.map(({ milliseconds }) => milliseconds);
      mixes.push({
        asked,
        perSecond: rounded(measured.perSecond),
        p50: rounded(percentile(times, 0.5)),
        p95: rounded(percentile(times, 0.95)),
        p99: rounded(percentile(times, 0.99)),
        failures: measured.failures,
        processors: rounded(measured.processors),
      });
    }

    say('▸ the burst of Open Zaak: users who file one case after the other');
    const filed = async (during: () => Promise<unknown>): Promise<Filed> => {
      const since = new Date().toISOString();
      const measured = await watched(during);
      const notified = await notifications(behind, since);
      return { measured, notified };
    };
    const figuresOf = (name: string, { measured, notified }: Filed): object => {
      line(name, measured);
      say(
        `    ${notified.count} webhooks, median ${shown(notified.median)} ms after the commit; ${notified.undelivered} not delivered`,
      );
      return {
        casesPerSecond: rounded(measured.perSecond / 2),
        medianMs: rounded(
          percentile(
            measured.told.map(({ milliseconds }) => milliseconds),
            0.5,
          ),
        ),
        failures: measured.failures,
        notificationMs: rounded(notified.median),
        notifications: notified.count,
        undelivered: notified.undelivered,
      };
    };
    const paced = await filed(() => openLoop([filing], published.casesPerSecond * 2));
    const pacedFigures = figuresOf(`${published.casesPerSecond} cases a second, as they had`, paced);
    const bursts = [];
    for (const { users, ...theirs } of published.burst) {
      const burst = await filed(async () => {
        const until = Date.now() + seconds * 1000;
        const user = async (): Promise<void> => {
          while (Date.now() < until && !closing.begun)
            await newcomer(floor, counted.as('filing')).catch(() => undefined);
        };
        await Promise.all(Array.from({ length: users }, user));
      });
      bursts.push({ users, burst, theirs, figures: figuresOf(`${users} users, as fast as they can`, burst) });
    }

    say(`▸ the users of OpenCRVS: ${published.users}, each doing something every ${thinking} s`);
    const crvs = await watched(() => openLoop(openCrvs, (published.users / thinking) * requestsOf(openCrvs)));
    line(`${published.users} users`, crvs);
    const users = {
      users: published.users,
      declareP95: rounded(p95Of('declare', crvs)),
      searchP95: rounded(p95Of('search', crvs)),
      worklistP95: rounded(p95Of('worklist', crvs)),
      failures: crvs.failures,
      processors: rounded(crvs.processors),
      theirs: { declareP95: published.declareP95, searchP95: published.searchP95 },
    };

    const met =
      mixes.every(({ asked, perSecond, failures }) => failures === 0 && perSecond >= asked * 0.9) &&
      [paced, ...bursts.map(({ burst }) => burst)].every(
        ({ measured, notified }) => measured.failures === 0 && notified.undelivered === 0,
      ) &&
      bursts.every(({ burst, theirs }) => burst.measured.perSecond / 2 >= theirs.perSecond) &&
      paced.notified.median <= Math.max(...published.burst.map(({ notificationMs }) => notificationMs)) &&
      users.failures === 0 &&
      users.declareP95 <= published.declareP95 &&
      users.searchP95 <= published.searchP95;
    await closing.end();
    say(
      JSON.stringify({
        proof: 'bench:peers',
        met,
        seconds,
        residents: city.residents,
        hardware,
        mixes,
        paced: pacedFigures,
        bursts: bursts.map(({ users: count, theirs, figures }) => ({ users: count, ...figures, theirs })),
        users,
      }),
    );
    process.exit(met ? 0 : 1);
  } catch (error) {
    await (closing.begun ? interrupted : closing.end());
    throw error;
  }
});

function timesOf(told: readonly Told[]): string {
  const times = told.map(({ milliseconds }) => milliseconds);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => shown(percentile(times, share)).padStart(6));
  return `p50 ${p50}  p95 ${p95}  p99 ${p99} ms`;
}

/** Webhooks of what was said since: from the commit to the partner's answer. */
async function notifications(
  behind: Behind,
  since: string,
): Promise<{ count: number; median: number; undelivered: number }> {
  const asked = `select count(*)::int as count, count(*) filter (where d.state <> 'DELIVERED')::int as undelivered,
      percentile_cont(0.5) within group (order by extract(epoch from d.finished_at - (f.body::json ->> 'time')::timestamptz) * 1000) as median
    from notifications.dispatch d join notifications.feed_event f on f.id = d.event_id
    where f.received_at >= $1 and f.name like 'cases.application.%'`;
  for (let tries = 0; ; tries += 1) {
    const [row] = await behind.rows<{ count: number; undelivered: number; median: number | null }>(asked, [since]);
    if (row && (row.undelivered === 0 || tries === 60)) return { ...row, median: Number(row.median ?? NaN) };
    await pause(500);
  }
}
