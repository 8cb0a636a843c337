import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { Pool } from 'undici';
import { v7 as uuidv7 } from 'uuid';
import { pause, percentile } from '../rounds';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly paths: readonly string[];
  readonly token: string;
  /** Sent in turn; each `{id}` in one of them is a fresh id. */
  readonly bodies?: readonly string[];
  /** The version that is changed. */
  readonly version?: number;
  /** Each path is asked once: the first of this turn. */
  readonly from?: number;
}

export interface Load extends Asked {
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  /** Asked at this pace, whether answered or not, in place of anew after each answer; how long it takes then counts from when it was due. */
  readonly pace?: number;
}

export interface Answered {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** What is sent in this turn, if anything is. */
export const bodyOf = (bodies: Asked['bodies'], turn: number): string | null =>
  bodies?.[turn % bodies.length]?.replaceAll('{id}', () => uuidv7()) ?? null;

/** Clients in a thread of their own. */
async function load({
  url,
  method,
  paths,
  token,
  bodies,
  version,
  from,
  clients,
  seconds,
  pace,
}: Load): Promise<Answered> {
  const pool = new Pool(url, { connections: clients, pipelining: 1 });
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  let turn = from ?? 0;
  const ask = async (due: number): Promise<void> => {
    if (from !== undefined && turn >= paths.length) throw new Error('Nothing is left that was not asked for.');
    const path = paths[turn % paths.length] ?? '';
    const body = bodyOf(bodies, turn);
    turn += 1;
    const headers = {
      authorization: `Bearer ${token}`,
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...(body !== null && { 'content-type': 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    };
    const answer = await pool.request({ method, path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
    latencies.push(performance.now() - due);
  };
  const client = async (): Promise<void> => {
    while (performance.now() < until) await ask(performance.now());
  };
  const paced = async (perSecond: number): Promise<void> => {
    const asked: Promise<void>[] = [];
    for (let nth = 0; nth < seconds * perSecond; nth += 1) {
      const due = began + (nth / perSecond) * 1000;
      while (performance.now() < due) await pause(Math.max(0, due - performance.now() - 1));
      asked.push(ask(due));
    }
    await Promise.all(asked);
  };
  try {
    if (pace !== undefined) await paced(pace);
    else await Promise.all(Array.from({ length: clients }, client));
  } finally {
    await pool.close();
  }
  return {
    requests: latencies.length,
    perSecond: latencies.length / ((performance.now() - began) / 1000),
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
  };
}

parentPort?.on('message', (asked: Load) => {
  void load(asked).then(
    (answered) => parentPort?.postMessage(answered),
    (error: Error) => parentPort?.postMessage(error.message),
  );
});
