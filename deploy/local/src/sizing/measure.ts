import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { services } from '@okienko/contracts/event';
import { openBroker } from '@okienko/messaging/jetstream';
import { Client } from 'pg';
import { witnessAt } from '../journey-telling';
import { Obstacle } from '../obstacle';
import { portNumber } from '../ports';
import { inventResident } from '../resident';
import { ResidentJourney } from '../resident-journey';
import { runningSystem } from '../running-system';
import { brokerPasswords, keptSecrets } from '../secrets';
import type { Steps } from '../steps';
import { type Act, acts, type Cost, type Costs, folder, type Spender, spenders } from './model';

/** Milliseconds in which what an act set off comes to rest. */
const rest = 6_000;
const ticksPerSecond = 100;

interface Reading {
  readonly at: number;
  readonly cpu: Readonly<Record<Spender, number>>;
  readonly wal: number;
  readonly stored: number;
  readonly streamed: number;
}

const statOf = (pid: number): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** Each connection is a process of PostgreSQL's. */
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statAlive(Number(name))[0]?.[1] === String(pid))
    .map(Number);

/** Seconds of a process, of its children, and of those that it has outlived. */
export function secondsOf(pid: number): number {
  const own = statOf(pid);
  const ticks = [own, ...childrenOf(pid).flatMap(statAlive)].flatMap((stat) => [stat[11], stat[12]]);
  return [...ticks, own[13], own[14]].reduce((all, one) => all + Number(one), 0) / ticksPerSecond;
}

function statAlive(pid: number): string[][] {
  try {
    return [statOf(pid)];
  } catch {
    return [];
  }
}

/** Bytes of a process and its children, what they share counted once. */
const memoryOf = (pid: number): number =>
  [pid, ...childrenOf(pid)].reduce((all, one) => {
    const told = readFileSync(`/proc/${one}/smaps_rollup`, 'utf8');
    return all + Number(/^Pss:\s+(\d+)/m.exec(told)?.[1] ?? 0) * 1024;
  }, 0);

/** What each act costs on the system of `npm start`, which should have nothing else to do; writes `deploy/sizing/costs.json`. */
export async function measure(counts: Readonly<Record<Act, number>>, steps: Steps): Promise<Costs> {
  if (process.platform !== 'linux') throw new Obstacle('What a process costs is read from /proc, on Linux alone.');
  const { home, page, status, seeded, api } = await runningSystem();
  const known = [...status.services, ...status.engines];
  const pids = new Map<Spender, number>(
    spenders.map((who) => {
      const pid = known.find(({ name }) => name.toLowerCase() === who)?.pid;
      if (!pid) throw new Obstacle(`${who} is not run by npm start here, so its costs cannot be read.`);
      return [who, pid];
    }),
  );
  const database = new Client({
    connectionString: `postgresql://postgres:${keptSecrets(home, 'postgres')('postgres')}@127.0.0.1:${portNumber('postgres')}/okienko`,
  });
  await database.connect();
  const password = encodeURIComponent(keptSecrets(home, brokerPasswords)('centre'));
  const broker = await openBroker(`nats://centre:${password}@127.0.0.1:${portNumber('nats')}`, 'sizing');

  const reading = async (): Promise<Reading> => {
    const { rows } = await database.query<{ wal: string; stored: string }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as wal,
         (select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = any($1) and c.relkind in ('r', 'm'))::text as stored`,
      [services],
    );
    let streamed = 0;
    for await (const { state } of broker.manager.streams.list()) streamed += state.bytes;
    const cpu = Object.fromEntries([...pids].map(([who, pid]) => [who, secondsOf(pid)])) as Record<Spender, number>;
    return { at: Date.now(), cpu, wal: Number(rows[0]?.wal), stored: Number(rows[0]?.stored), streamed };
  };
  const between = async (act: () => Promise<unknown>): Promise<{ seconds: number; spent: Omit<Reading, 'at'> }> => {
    const before = await reading();
    await act();
    const after = await reading();
    const cpu = Object.fromEntries(spenders.map((who) => [who, after.cpu[who] - before.cpu[who]]));
    return {
      seconds: (after.at - before.at) / 1000,
      spent: {
        cpu: cpu as Record<Spender, number>,
        wal: after.wal - before.wal,
        stored: after.stored - before.stored,
        streamed: after.streamed - before.streamed,
      },
    };
  };

  let person = '';
  const once: Readonly<Record<Act, () => Promise<unknown>>> = {
    journey: async () => {
      const silent = { step: () => undefined, arrival: () => undefined };
      const journey = new ResidentJourney(api, seeded, witnessAt(page), silent);
      person = (await journey.play(inventResident())).personId;
    },
    write: () =>
      api.post('desk-anna', 'cases', '/persons', {
        givenName: 'Zmyślona',
        familyName: `Osoba-${randomUUID()}`,
        terc: '2861011',
      }),
    look: () => api.get('desk-anna', 'cases', `/persons/${person}`),
    search: () => api.get('desk-anna', 'catalogue', '/service-offer-search?q=opieka'),
  };
  try {
    await steps.step('What is under way comes to rest', () => pause(rest));
    // Before the first count everything is compiled and cached as it is in a working day.
    await steps.step('Once each, uncounted', async () => {
      for (const act of acts) for (let time = 0; time < Math.ceil(counts[act] / 10); time += 1) await once[act]();
      await pause(rest);
    });
    const idle = await steps.step('Nobody asks, for half a minute', () => between(() => pause(30_000)));
    const costs: Partial<Record<Act, Cost>> = {};
    for (const act of acts) {
      const count = counts[act];
      const { seconds, spent } = await steps.step(`${count} × ${act}`, () =>
        between(async () => {
          for (let time = 0; time < count; time += 1) await once[act]();
          await pause(rest);
        }),
      );
      const beyond = (used: number, idly: number): number =>
        Math.max(0, used - (idly / idle.seconds) * seconds) / count;
      costs[act] = {
        cpu: Object.fromEntries(
          spenders.map((who) => [who, beyond(spent.cpu[who], idle.spent.cpu[who])]),
        ) as Cost['cpu'],
        wal: beyond(spent.wal, idle.spent.wal),
        stored: beyond(spent.stored, idle.spent.stored),
        streamed: beyond(spent.streamed, idle.spent.streamed),
      };
    }
    const versions = status.engines.map(({ name, version }) => `${name} ${version ?? ''}`.trim());
    const measured: Costs = {
      measured: {
        at: new Date().toISOString().slice(0, 10),
        hardware: `${availableParallelism()} × ${cpus()[0]
          ?.model.replace(/ Processor.*| \d+-Core.*/, '')
          .trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`,
        versions: [`node ${process.versions.node}`, ...versions].join(', '),
        journeys: counts.journey,
      },
      acts: costs as Record<Act, Cost>,
      memory: Object.fromEntries([...pids].map(([who, pid]) => [who, memoryOf(pid)])) as Record<Spender, number>,
    };
    writeFileSync(join(folder, 'costs.json'), `${JSON.stringify(measured, rounded, 2)}\n`);
    return measured;
  } finally {
    await database.end();
    await broker.connection.close();
  }
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(3)) : value;
