import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';
import { Pool } from 'undici';
import { percentile } from '../rounds';

export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly paths: readonly string[];
  readonly token: string;
  readonly body?: string;
}

export interface Load extends Asked {
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
}

export interface Answered {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/** Clients in a thread of their own, each asking anew as soon as it has been answered. */
async function load({ url, method, paths, token, body, clients, seconds }: Load): Promise<Answered> {
  const pool = new Pool(url, { connections: clients, pipelining: 1 });
  const latencies: number[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  const client = async (first: number): Promise<void> => {
    for (let turn = first; performance.now() < until; turn += clients) {
      const path = paths[turn % paths.length] ?? '';
      const at = performance.now();
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      };
      const answer = await pool.request({ method, path, headers, body: body ?? null });
      const text = await answer.body.text();
      if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${text}`);
      latencies.push(performance.now() - at);
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, (_, first) => client(first)));
  } finally {
    await pool.close();
  }
  return {
    requests: latencies.length,
    perSecond: latencies.length / ((performance.now() - began) / 1000),
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  };
}

parentPort?.on('message', (asked: Load) => {
  void load(asked).then(
    (answered) => parentPort?.postMessage(answered),
    (error: Error) => parentPort?.postMessage(error.message),
  );
});
