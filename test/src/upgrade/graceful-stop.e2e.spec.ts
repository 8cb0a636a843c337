import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
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
import type { PoolClient } from 'pg';

jest.setTimeout(90_000);

/** Seconds. A service is given 45 in a city; what is at hand here ends as soon as the test lets it. */
const limit = 15;
/** What is said when something was closed that was still needed. */
const gone = /after calling end|not established|not initialized|closed|draining/i;

interface Answer {
  readonly status: number;
  readonly closes: boolean;
}

let place: ServicePlace;
let child: ChildProcess;
let port: number;
/** Who holds tables; let go of also when the test fails. */
const held = new Set<PoolClient>();
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

const hold = async (tables: string): Promise<PoolClient> => {
  const holder = await place.pool.connect();
  held.add(holder);
  await holder.query('begin');
  await holder.query(`lock table ${tables} in access exclusive mode`);
  return holder;
};

const letGo = async (holder: PoolClient): Promise<void> => {
  await holder.query('commit');
  held.delete(holder);
  holder.release();
};

beforeAll(async () => {
  place = await placeForTest(catalogueService);
});

beforeEach(async () => {
  port = await freePort();
  headers = { Authorization: `Bearer ${await place.issuer.token({ sub: 'maria', roles: ['services-organiser'] })}` };
  child = spawn(process.execPath, [bundleOf('catalogue')], {
    env: { PATH: process.env['PATH'], ...place.environment, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += String(chunk)));
  await eventually(async () => {
    const { status } = await ask('/health/ready').catch((error: Error) => ({ status: error.message + said }));
    if (status !== 200) throw new Error(`not ready: ${status}`);
  }, 30_000);
});

afterEach(() => {
  child?.kill('SIGKILL');
  for (const holder of held) holder.release(true);
  held.clear();
});

afterAll(async () => {
  await place?.remove();
});

/**
 * Each of these was taken out of the bundle once, and the test went red:
 *
 * | part of the stop | what went red |
 * |---|---|
 * | answers of a stopping service end their connections | first test: what a kept connection brings is told to close |
 * | not ready at once | first test: 503 within 900 ms |
 * | a lull before the server closes | second test: who comes anew |
 * | consumers wait for the message at hand | first test: it is handled once, and acknowledged |
 * | requests before messaging | second test: the last event is said and noted |
 * | turns → consumers → relay → `drain` → `close` | `libs/messaging/src/messaging.spec.ts`: the order |
 *
 * Held by nothing that always goes red: that the pool goes last (it waits for whoever uses it).
 */
test('on SIGTERM a service is not ready at once, and ends with 0 when every request and message at hand is done', async () => {
  const kept = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await ask('/areas', kept)).toEqual({ status: 200, closes: false });

  // Somebody holds the table that a request needs, and the one that a message needs.
  const holder = await hold('office');
  const other = await hold('capacity_copy');
  const slow = ask('/offices');
  const subject = '0197a000-0000-7000-8000-000000000077';
  const facts = { providerId: subject, offerId: subject, places: 3, free: 3, from: '2026-03-02', to: '2026-03-03' };
  const message = envelope(event(capacityOpenedV1, subject, facts), 1, new Date(), freshContext());
  await place.broker.streams.publish(`${place.mark}.${capacityOpenedV1.$id}`, JSON.stringify(message));
  await eventually(async () => {
    if ((await waitingForLock('office')) < 1) throw new Error('The request is not under way.');
    if ((await waitingForLock('capacity_copy')) < 1) throw new Error('The message is not at hand.');
  });

  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const began = Date.now();
  const saidBefore = said.length;
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
  await letGo(holder);
  expect((await slow).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(child.exitCode).toBeNull();
  await letGo(other);
  expect(await exit).toEqual([0, null]);
  expect((Date.now() - began) / 1000).toBeLessThan(limit);
  // Nothing was gone that was still needed: no pool, no connection to the broker.
  expect(said.slice(saidBefore)).not.toMatch(gone);

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

test('an act under way is finished, and said, though no message is at hand; who comes anew meanwhile is answered', async () => {
  const holder = await hold('need_report');
  const act = fetch(`http://127.0.0.1:${port}/need-reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body: JSON.stringify({ terc: '2861011', reportedBy: 'NEIGHBOUR', need: 'Trzeba zajrzeć', contact: 'parter' }),
  });
  await eventually(async () => {
    if ((await waitingForLock('need_report')) < 1) throw new Error('The act is not under way.');
  });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const saidBefore = said.length;
  child.kill('SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(await ask('/health/ready')).toEqual({ status: 503, closes: true });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await letGo(holder);
  const answer = await act;
  expect(answer.status).toBe(201);
  const { id } = (await answer.json()) as { id: string };
  expect(await exit).toEqual([0, null]);
  expect(said.slice(saidBefore)).not.toMatch(gone);

  // What was decided last has been said, and it is noted that it has: whoever leads next does not say it again.
  const { rows: outbox } = await place.pool.query<{ id: string; noted: boolean }>(
    'select id, seq <= (select low from outbox_relay) as noted from outbox where aggregate_id = $1',
    [id],
  );
  expect(outbox).toEqual([{ id: expect.any(String), noted: true }]);
  const last = await place.broker.manager.streams.getMessage(`${place.mark}_CATALOGUE`.toUpperCase(), {
    last_by_subj: `${place.mark}.catalogue.>`,
  });
  expect(last?.json<{ id: string }>().id).toBe(outbox[0]?.id);
});
