import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';

export interface Load {
  readonly url: string;
  readonly token: string;
  readonly personIds: readonly string[];
  readonly concurrency: number;
  readonly seconds: number;
}

/** Milliseconds that each answer took. */
export type Latencies = readonly number[];

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function ask(url: string, token: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { Authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(performance.now() - began)
          : reject(new Error(`${url} answers ${response.statusCode}`)),
      );
    }).on('error', reject);
  });
}

/** Clients in a thread of their own, who each look at one person after another: what they take is not the service's. */
async function load({ url, token, personIds, concurrency, seconds }: Load): Promise<Latencies> {
  const latencies: number[] = [];
  const until = performance.now() + seconds * 1000;
  const client = async (first: number): Promise<void> => {
    for (let turn = first; performance.now() < until; turn += concurrency)
      latencies.push(await ask(`${url}/persons/${personIds[turn % personIds.length]}`, token));
  };
  await Promise.all(Array.from({ length: concurrency }, (_, first) => client(first)));
  return latencies;
}

parentPort?.on('message', (asked: Load) => {
  void load(asked).then(
    (latencies) => parentPort?.postMessage(latencies),
    (error: Error) => parentPort?.postMessage(error.message),
  );
});
