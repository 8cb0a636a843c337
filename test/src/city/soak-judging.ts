import { services } from '@okienko/contracts/event';
import type { Line } from '../bench/report';
import { median, percentile } from '../bench/rounds';
import type { Tables } from './held';
import type { Done } from './living';
import { slopeOf } from './slope';

/** What a service takes, each by the name of the service. */
export interface Sample {
  readonly at: number;
  readonly megabytes: Readonly<Record<string, number>>;
  /** To PostgreSQL. */
  readonly connections: Readonly<Record<string, number>>;
  /** Of any kind: with PostgreSQL, NATS, clients, sinks and the mail server. */
  readonly sockets: Readonly<Record<string, number>>;
}

export type Ended = Done & { readonly at: number };

/** What was seen from the beginning to the end; moments are milliseconds. */
export interface Course {
  readonly done: readonly Ended[];
  readonly samples: readonly Sample[];
  readonly began: number;
  readonly spikeAt: number;
  readonly over: number;
  /** From when on nobody works any more. */
  readonly restAt: number;
  /** Tables that must not grow, when everything had warmed up and at the end. */
  readonly tablesWarm: Tables;
  readonly tablesAtEnd: Tables;
  /** What had not become empty again when the end had been waited for. */
  readonly left: number;
}

/** Beyond that, a p95 counts as no better than the one before the spike. */
const usual = 1.5;
const leastMilliseconds = 50;
/** Stands for never. */
const never = 9_999;
/** A service warms up for a minute or two: in a shorter run its memory is told and not judged. */
const leastForMemory = 150_000;
/** What a table may hold in passing at one moment more than at another. */
const inPassing = 5;

export const p95 = (list: readonly Done[]): number =>
  list.length === 0
    ? 0
    : percentile(
        list.map(({ milliseconds }) => milliseconds),
        0.95,
      );

/** A third of the time before the spike is for warming up. */
export const warmAt = ({ began, spikeAt }: Pick<Course, 'began' | 'spikeAt'>): number => began + (spikeAt - began) / 3;

export function judged(course: Course): Line[] {
  const { done, samples, began, spikeAt, over, restAt, left } = course;
  const before = samples.filter(({ at }) => at > warmAt(course) && at < spikeAt);
  const after = samples.filter(({ at }) => at >= over && at < restAt);
  const later = after.slice(-Math.max(2, Math.ceil(after.length / 2)));
  const rest = samples.filter(({ at }) => at >= restAt);
  const usualP95 = p95(done.filter(({ at }) => at > began + (spikeAt - began) / 2 && at < spikeAt));
  const growth = services.map((name) => grownBy(before, name));
  const ofMemory = spikeAt - began < leastForMemory ? {} : { goal: { atMost: 10 } };
  const kept = services.map((name) => {
    const [one, other] = [before, later].map((list) => median(list.map(({ megabytes }) => megabytes[name] ?? NaN)));
    return percent((other ?? NaN) - (one ?? NaN), one ?? NaN);
  });
  return [
    { key: 'acts', figure: done.length, what: 'acts of residents, staff and providers' },
    {
      key: 'failures',
      figure: done.filter(({ failure }) => failure !== undefined).length,
      goal: { atMost: 0 },
      what: 'acts that failed',
    },
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
      what: `seconds after the spike until p95 is back within ${usual} times the usual (${never}: never)`,
    },
    {
      key: 'memoryGrowthPercent',
      figure: Math.max(...growth),
      ...ofMemory,
      what: 'per cent that the memory of a service grows by between warm-up and spike, the fastest of four',
    },
    {
      key: 'memoryAfterPercent',
      figure: Math.max(...kept),
      ...ofMemory,
      what: 'per cent that a service has more at the end than before the spike, the largest of four',
    },
    {
      key: 'connectionsMore',
      figure: mostMore(before, rest, 'connections'),
      goal: { atMost: 0 },
      what: 'connections to PostgreSQL that a service keeps when nobody works any more, beyond its most before the spike',
    },
    {
      key: 'socketsMore',
      figure: mostMore(before, rest, 'sockets'),
      goal: { atMost: 0 },
      what: 'the same of all its sockets, with NATS, clients, sinks and mail',
    },
    {
      key: 'rowsMore',
      figure: Math.max(...grownTables(course).map(({ rows }) => rows)),
      goal: { atMost: inPassing },
      what: 'rows by which a table has grown that must not grow, the most of all',
    },
    {
      key: 'kilobytesMore',
      figure: Math.max(...grownTables(course).map(({ kilobytes }) => kilobytes)),
      goal: { atMost: 1024 },
      what: 'the same in kilobytes with indexes: what is changed all the time and not tidied up',
    },
    {
      key: 'left',
      figure: left,
      goal: { atMost: 0 },
      what: 'events unsent, unheard, parked, tried again or dead, and webhooks pending, at the end',
    },
  ];
}

/** By how much each table has grown that must not, the most first; one that is new has grown by all of itself. */
export function grownTables({ tablesWarm, tablesAtEnd }: Pick<Course, 'tablesWarm' | 'tablesAtEnd'>): {
  table: string;
  rows: number;
  kilobytes: number;
}[] {
  return Object.entries(tablesAtEnd)
    .map(([table, { rows, kilobytes }]) => ({
      table,
      rows: rows - (tablesWarm[table]?.rows ?? 0),
      kilobytes: kilobytes - (tablesWarm[table]?.kilobytes ?? 0),
    }))
    .toSorted((one, other) => other.rows - one.rows || other.kilobytes - one.kilobytes);
}

const percent = (more: number, of: number): number => Number(((100 * Math.max(0, more)) / of).toFixed(1));

/** Along the line that fits the samples best, so that one sample in the middle of a collection tells little. */
function grownBy(samples: readonly Sample[], name: string): number {
  const points = samples.map(({ at, megabytes }) => [at / 60_000, megabytes[name] ?? NaN] as const);
  const minutes = (points.at(-1)?.[0] ?? NaN) - (points[0]?.[0] ?? NaN);
  return percent(slopeOf(points) * minutes, median(points.map(([, megabytes]) => megabytes)));
}

/** What is kept is what is there at every moment of rest. */
function mostMore(before: readonly Sample[], rest: readonly Sample[], of: 'connections' | 'sockets'): number {
  const counts = (list: readonly Sample[], name: string): number[] => list.map((sample) => sample[of][name] ?? NaN);
  return Math.max(...services.map((name) => Math.min(...counts(rest, name)) - Math.max(...counts(before, name))));
}

/** Until the acts of ten seconds are as fast again as they usually are. */
function secondsToUsual(done: readonly Ended[], over: number, within: number): number {
  const end = Math.max(...done.map(({ at }) => at));
  for (let from = over; from < end; from += 1_000) {
    const window = done.filter(({ at }) => at >= from && at < from + 10_000);
    if (window.length > 0 && p95(window) <= within) return (from - over) / 1_000;
  }
  return never;
}
