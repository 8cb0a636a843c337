import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { catalogueService } from '@okienko/catalogue/service';
import { envelope, event } from '@okienko/contracts/event';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { topology } from '@okienko/contracts/streams';
import { freePort } from '@okienko/local/ports';
import { bundleOf } from '@okienko/local/services';
import { freshContext } from '@okienko/messaging/context';
import { eventually } from '@okienko/testing/eventually';
import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';

jest.setTimeout(90_000);

/** Seconds. A service is given 45 in a city; what is at hand here ends as soon as the test lets it. */
const limit = 15;

interface Answer {
  readonly status: number;
  readonly closes: boolean;
}

let place: ServicePlace;
let child: ChildProcess;
let port: number;
let said = '';
let headers: Record<string, string> = {};

const ask = (path: string, agent: Agent | false = false): Promise<Answer> =>
  new Promise((resolve, reject) => {
    get({ port, path, host: '127.0.0.1', headers, agent: agent || new Agent() }, (response: IncomingMessage) => {
      response.resume();
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, closes: response.headers.connection === 'close' }),
      );
      response.on('error', reject);
    }).on('error', reject);
  });

const waitingForLock = async (table: string): Promise<number> => {
  const { rows } = await place.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_locks where relation = $1::regclass and not granted`,
    [table],
  );
  return rows[0]?.count ?? 0;
};

beforeAll(async () => {
  place = await placeForTest(catalogueService);
  port = await freePort();
  headers = { Authorization: `Bearer ${await place.issuer.token({ sub: 'maria', roles: ['services-organiser'] })}` };
  child = spawn(process.execPath, [bundleOf('catalogue')], {
    env: { PATH: process.env['PATH'], ...place.environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += String(chunk)));
  await eventually(async () => {
    const { status } = await ask('/health/ready').catch((error: Error) => ({ status: error.message + said }));
    if (status !== 200) throw new Error(`not ready: ${status}`);
  }, 30_000);
});

afterAll(async () => {
  child?.kill('SIGKILL');
  await place?.remove();
});

test('on SIGTERM a service is not ready at once, and ends with 0 when every request and message at hand is done', async () => {
  const kept = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await ask('/areas', kept)).toEqual({ status: 200, closes: false });

  // Somebody holds the tables that a request and a message need.
  const holder = await place.pool.connect();
  await holder.query('begin');
  await holder.query('lock table service_offer, capacity_copy in access exclusive mode');
  const slow = ask('/service-offers');
  const subject = '0197a000-0000-7000-8000-000000000077';
  const facts = { providerId: subject, offerId: subject, places: 3, free: 3, from: '2026-03-02', to: '2026-03-03' };
  const message = envelope(event(capacityOpenedV1, subject, facts), 1, new Date(), freshContext());
  await place.broker.streams.publish(`${place.mark}.${capacityOpenedV1.$id}`, JSON.stringify(message));
  await eventually(async () => {
    if ((await waitingForLock('service_offer')) < 1) throw new Error('The request is not under way.');
    if ((await waitingForLock('capacity_copy')) < 1) throw new Error('The message is not at hand.');
  });

  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const began = Date.now();
  child.kill('SIGTERM');
  await eventually(async () => {
    const { status } = await ask('/health/ready');
    if (status !== 503) throw new Error(`still ${status}`);
  });
  expect(Date.now() - began).toBeLessThan(900);
  // A connection that was kept brings one more request, is told to close, and is not cut.
  expect(await ask('/areas', kept)).toEqual({ status: 200, closes: true });

  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(child.exitCode).toBeNull();
  await holder.query('commit');
  holder.release();
  expect((await slow).status).toBe(200);
  expect(await exit).toEqual([0, null]);
  expect((Date.now() - began) / 1000).toBeLessThan(limit);

  const { rows } = await place.pool.query('select event_id from inbox where event_id = $1', [message.id]);
  expect(rows).toHaveLength(1);
  const plan = topology(place.mark).consumers.find(({ durable }) => durable === 'catalogue-reads-providers');
  const { num_ack_pending, num_redelivered, ack_floor } = await place.broker.manager.consumers.info(
    plan?.stream ?? '',
    plan?.durable ?? '',
  );
  expect({ num_ack_pending, num_redelivered, floor: ack_floor.stream_seq }).toEqual({
    num_ack_pending: 0,
    num_redelivered: 0,
    floor: 1,
  });
});
