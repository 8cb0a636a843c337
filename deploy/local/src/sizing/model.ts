import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@okienko/contracts/event';
import { checkout } from '../paths';

export const acts = ['journey', 'write', 'look', 'search'] as const;
export type Act = (typeof acts)[number];
/** Who spends processor time on an act. */
export const spenders = [...services, 'postgres', 'nats'] as const;
export type Spender = (typeof spenders)[number];

/** Of one act: seconds of a core, and bytes written to the log of the database, kept in tables, kept on streams. */
export interface Cost {
  readonly cpu: Readonly<Record<Spender, number>>;
  readonly wal: number;
  readonly stored: number;
  readonly streamed: number;
}

export interface Costs {
  readonly measured: {
    readonly at: string;
    readonly hardware: string;
    readonly versions: string;
    readonly journeys: number;
  };
  readonly acts: Readonly<Record<Act, Cost>>;
  /** What a process takes when it has served for a while, in bytes. */
  readonly memory: Readonly<Record<Spender, number>>;
}

export interface Place {
  readonly name: string;
  readonly residents: number;
  /** The folder below deploy/kubernetes that deploys it, and the replicas that it keeps of each service at least. */
  readonly overlay: string;
  readonly replicas: number;
  /** So many times as busy as the rates say. */
  readonly times?: number;
}

interface Assumed {
  readonly value: number;
  readonly why: string;
}

type Rate = { readonly why: string } & ({ readonly perResident: number } | { readonly perJourney: number });

export interface Assumptions {
  readonly places: readonly Place[];
  readonly yearly: Readonly<Record<Act, Rate>>;
  readonly hoursOfWork: Assumed;
  readonly peak: Assumed;
  readonly utilisation: Assumed;
  readonly years: Assumed;
  readonly indexAndBloat: Assumed;
  readonly copies: Assumed;
  readonly diskBefore: Assumed;
  readonly streamDays: Assumed;
  readonly streamCopies: Assumed;
  readonly archiveDays: Assumed;
  readonly prices: {
    readonly currency: string;
    readonly vCpu: number;
    readonly memoryGb: number;
    readonly diskGb: number;
    readonly why: string;
  };
}

export const folder = join(checkout, 'deploy', 'sizing');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
export const readCosts = (): Costs => read('costs.json') as Costs;
export const readAssumptions = (): Assumptions => read('assumptions.json') as Assumptions;

export interface Size {
  readonly name: string;
  readonly residents: number;
  readonly overlay: string;
  readonly yearly: Readonly<Record<Act, number>>;
  /** Acts a second at the peak. */
  readonly peak: Readonly<Record<Act, number>>;
  /** Cores that are busy at the peak. */
  readonly busy: Readonly<Record<Spender, number>>;
  readonly replicas: Readonly<Record<Spender, number>>;
  readonly vCpu: number;
  readonly memoryGb: number;
  /** Of tables after the years of history, on one instance; and what all disks hold together. */
  readonly databaseGb: number;
  /** Memory of one instance of PostgreSQL. */
  readonly instanceGb: number;
  readonly diskGb: number;
  readonly diskGbAYear: number;
  readonly connections: number;
  /** A month. */
  readonly money: { readonly vCpu: number; readonly memory: number; readonly disk: number; readonly total: number };
  /** What of the busy cores is spent on which act. */
  readonly shares: Readonly<Record<Act, number>>;
}

const gigabyte = 2 ** 30;
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const each = <Key extends string, Value>(keys: readonly Key[], of: (key: Key) => Value): Record<Key, Value> =>
  Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<Key, Value>;

/** PostgreSQL's own memory beside what was measured of its processes: a quarter of the tables, a gigabyte to thirty-two. */
const cacheOf = (tablesGb: number): number => Math.min(32, Math.max(1, tablesGb / 4));
/** Connections of each replica (`libs/messaging/src/data-source.ts`); beside them one that waits for turns, and one of each service's relay. */
const pool = 10;

/** What a place of so many residents needs, from what was measured and what is assumed. */
export function sizeOf(place: Place, costs: Costs, assumed: Assumptions): Size {
  const { yearly: rates, peak, hoursOfWork, utilisation, copies, prices } = assumed;
  const perResident = (rate: Rate): number =>
    'perResident' in rate ? rate.perResident * place.residents * (place.times ?? 1) : 0;
  const journeys = perResident(rates.journey);
  const yearly = each(acts, (act) => {
    const rate = rates[act];
    return 'perJourney' in rate ? rate.perJourney * journeys : perResident(rate);
  });
  const perSecond = each(acts, (act) => (yearly[act] / hoursOfWork.value / 3600) * peak.value);
  const busy = each(spenders, (who) => sum(acts.map((act) => perSecond[act] * costs.acts[act].cpu[who])));
  const replicas = each(spenders, (who) =>
    who === 'postgres' || who === 'nats'
      ? copies.value
      : Math.max(place.replicas, Math.ceil(busy[who] / utilisation.value)),
  );
  // A replica that stands by is given a quarter of a core, an instance that follows another as much as it.
  const coresOf = (who: Spender): number =>
    who === 'postgres' || who === 'nats'
      ? copies.value * Math.max(0.5, busy[who] / utilisation.value)
      : Math.max(replicas[who] * 0.25, busy[who] / utilisation.value);
  const vCpu = Math.ceil(sum(spenders.map(coresOf)));
  const yearlyBytes = (of: (cost: Cost) => number): number => sum(acts.map((act) => yearly[act] * of(costs.acts[act])));
  const tablesAYear = (yearlyBytes(({ stored }) => stored) / gigabyte) * assumed.indexAndBloat.value;
  const databaseGb = 1 + tablesAYear * assumed.years.value;
  const streamsGb =
    (yearlyBytes(({ streamed }) => streamed) / gigabyte / 365) * assumed.streamDays.value * assumed.streamCopies.value;
  const archiveGb = (yearlyBytes(({ wal }) => wal) / gigabyte / 365) * assumed.archiveDays.value + databaseGb;
  const diskGb = Math.ceil(
    (databaseGb + streamsGb) * copies.value + archiveGb + assumed.diskBefore.value * copies.value,
  );
  const memoryOf = (who: Spender): number =>
    (costs.memory[who] / gigabyte) * 1.5 + (who === 'postgres' ? cacheOf(databaseGb) : 0);
  const memoryGb = Math.ceil(sum(spenders.map((who) => memoryOf(who) * replicas[who])));
  const money = { vCpu: vCpu * prices.vCpu, memory: memoryGb * prices.memoryGb, disk: diskGb * prices.diskGb };
  const cores = sum(Object.values(busy));
  return {
    ...place,
    yearly,
    peak: perSecond,
    busy,
    replicas,
    vCpu,
    memoryGb,
    databaseGb,
    instanceGb: memoryOf('postgres'),
    diskGb,
    diskGbAYear: tablesAYear * copies.value + tablesAYear,
    connections: sum(services.map((service) => replicas[service])) * (pool + 1) + services.length,
    money: { ...money, total: Math.round(sum(Object.values(money))) },
    shares: each(acts, (act) => (perSecond[act] * sum(Object.values(costs.acts[act].cpu))) / cores),
  };
}
