import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** Sinks that take everything at once, in a thread of their own. Tells their ports; then, for each number it is given, how long so many took. */
export interface FastSinks {
  readonly sinks: number;
}

let [expected, came, first] = [0, 0, 0];
const servers = Array.from({ length: (workerData as FastSinks).sinks }, () =>
  createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(204).end();
      came += 1;
      if (came === 1) first = performance.now();
      if (came === expected) parentPort?.postMessage((performance.now() - first) / 1000);
    });
  }),
);
for (const server of servers) server.keepAliveTimeout = 60_000;
parentPort?.on('message', (next: number) => ([expected, came] = [next, 0]));
void Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))).then(
  () => parentPort?.postMessage(servers.map((server) => (server.address() as AddressInfo).port)),
);
