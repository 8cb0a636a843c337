import { readdirSync, readFileSync } from 'node:fs';
import { services } from '@okienko/contracts/event';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { Client } from 'pg';
import { Obstacle } from '../obstacle';
import type { Status } from '../page-status';
import { type Cost, type Spender, spenders } from './model';

/** What a stretch of time, or one act, has cost the whole system. */
export interface Spent extends Cost {
  /** Bytes that the services read and wrote: requests, SQL, events, webhooks, mail and log lines. Each way has a service at one end, so each counts once. */
  readonly moved: number;
  /** Rows of the outboxes. */
  readonly events: number;
}

const ticksPerSecond = 100;

const statOf = (pid: number): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

function statAlive(pid: number): string[][] {
  try {
    return [statOf(pid)];
  } catch {
    return [];
  }
}

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

const movedBy = (pid: number): number =>
  [...readFileSync(`/proc/${pid}/io`, 'utf8').matchAll(/^[rw]char: (\d+)$/gm)].reduce(
    (all, [, bytes]) => all + Number(bytes),
    0,
  );

/** Bytes of a process and its children, what they share counted once. */
const memoryOf = (pid: number): number =>
  [pid, ...childrenOf(pid)].reduce((all, one) => {
    const told = readFileSync(`/proc/${one}/smaps_rollup`, 'utf8');
    return all + Number(/^Pss:\s+(\d+)/m.exec(told)?.[1] ?? 0) * 1024;
  }, 0);

const each = (of: (who: Spender) => number): Record<Spender, number> =>
  Object.fromEntries(spenders.map((who) => [who, of(who)])) as Record<Spender, number>;

/** Figure by figure; `of` picks one of them. */
export const byFigure = (figure: (of: (spent: Spent) => number) => number): Spent => ({
  cpu: each((who) => figure(({ cpu }) => cpu[who])),
  wal: figure(({ wal }) => wal),
  stored: figure(({ stored }) => stored),
  streamed: figure(({ streamed }) => streamed),
  moved: figure(({ moved }) => moved),
  events: figure(({ events }) => events),
});

/** What `more` has cost beyond `less`, by one of so many. */
export const beyond = (more: Spent, less: Spent, count = 1): Spent =>
  byFigure((of) => Math.max(0, of(more) - of(less)) / count);

/** As much of it as falls into so many seconds. */
export const during = (spent: Spent & { readonly seconds: number }, seconds: number): Spent =>
  byFigure((of) => (of(spent) / spent.seconds) * seconds);

export const cpuOf = ({ cpu }: Cost): number => Object.values(cpu).reduce((all, one) => all + one, 0);

/** Reads what the processes of a running system spend, beside which nobody else should have anything to do with it. */
export class Spending {
  private constructor(
    private readonly database: Client,
    private readonly broker: Broker,
    private readonly pids: ReadonlyMap<Spender, number>,
  ) {}

  /** As a superuser of the database. */
  static async open(databaseUrl: string, brokerUrl: string, { services, engines }: Status): Promise<Spending> {
    if (process.platform !== 'linux') throw new Obstacle('What a process costs is read from /proc, on Linux alone.');
    const known = [...services, ...engines];
    const pids = new Map<Spender, number>(
      spenders.map((who) => {
        const pid = known.find(({ name }) => name.toLowerCase() === who)?.pid;
        if (!pid) throw new Obstacle(`${who} is not run by npm start here, so its costs cannot be read.`);
        return [who, pid];
      }),
    );
    const database = new Client({ connectionString: databaseUrl });
    await database.connect();
    return new Spending(database, await openBroker(brokerUrl, 'spending'), pids);
  }

  /** What it has cost while `act` went on. */
  async of(act: () => Promise<unknown>): Promise<Spent & { readonly seconds: number }> {
    const [began, before] = [performance.now(), await this.soFar()];
    await act();
    const after = await this.soFar();
    return { ...byFigure((of) => of(after) - of(before)), seconds: (performance.now() - began) / 1000 };
  }

  memory(): Record<Spender, number> {
    return each((who) => memoryOf(this.pid(who)));
  }

  async close(): Promise<void> {
    await this.database.end();
    await this.broker.connection.close();
  }

  private async soFar(): Promise<Spent> {
    const outboxes = services.map((service) => `(select count(*) from ${service}.outbox)`).join(' + ');
    const { rows } = await this.database.query<{ wal: string; stored: string; events: string }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::text as wal,
         (select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = any($1) and c.relkind in ('r', 'm'))::text as stored, (${outboxes})::text as events`,
      [services],
    );
    let streamed = 0;
    for await (const { state } of this.broker.manager.streams.list()) streamed += state.bytes;
    return {
      cpu: each((who) => secondsOf(this.pid(who))),
      wal: Number(rows[0]?.wal),
      stored: Number(rows[0]?.stored),
      streamed,
      moved: services.reduce((all, service) => all + movedBy(this.pid(service)), 0),
      events: Number(rows[0]?.events),
    };
  }

  private pid(who: Spender): number {
    return this.pids.get(who) ?? 0;
  }
}
