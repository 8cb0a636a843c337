import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { planRedraftedV1 } from '@okienko/contracts/cases/plan-redrafted.v1';
import { type CloudEvent, event } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import type { Chance } from '../../chance';
import { type Figures, rounds, until } from '../rounds';
import type { Settings } from './settings';
import { partner, type Subscribed, type World } from './world';

const sinkCount = 50;
const perSink = 4;

export interface Fast {
  readonly places: readonly string[];
  /** Seconds from the first to the last of so many posts that `act` causes. */
  during(posts: number, act: () => Promise<unknown>): Promise<number>;
}

export async function startFastSinks(closing: Closing): Promise<Fast> {
  const thread = new Worker(join(__dirname, 'fast-sinks.js'), { workerData: { sinks: sinkCount } });
  closing.add(async () => void (await thread.terminate()));
  const [ports] = (await once(thread, 'message')) as [number[]];
  return {
    places: ports.map((port) => `127.0.0.1:${port}`),
    async during(posts, act) {
      const told = once(thread, 'message') as Promise<[number]>;
      thread.postMessage(posts);
      await act();
      return (await told)[0];
    },
  };
}

/** Webhooks a second: our dispatcher with a backlog, and a bare pooled client that posts what was signed before. */
export async function compare(
  world: World,
  fast: Fast,
  { rounds: count, handedOver }: Settings,
  chance: Chance,
  say: (sentence: string) => void,
): Promise<Figures> {
  const subscribed: Subscribed[] = [];
  for (const [index, place] of fast.places.entries())
    subscribed.push(
      await world.subscribe(`fast-${index}`, [], { sink: `http://${place}/hook`, types: [], filters: [] }),
    );
  const posts = handedOver * sinkCount;
  const agent = new Agent({ connections: perSink, pipelining: 1 });
  let events: CloudEvent[] = [];
  const ids = subscribed.map(({ id }) => id);
  const pausedAt = (at: Date | null): Promise<unknown> =>
    world.sql('update subscription set paused_at = $2 where id = any($1)', [ids, at]);
  const ours = async (): Promise<number> => {
    await pausedAt(new Date());
    events = await backlog(world, subscribed, handedOver);
    const seconds = await fast.during(posts, () => pausedAt(null));
    await until(async () => (await inState(world, 'PENDING')) === 0, 30_000, 'the record of every webhook');
    return posts / seconds;
  };
  const bare = async (): Promise<number> => {
    if (events.length === 0) await ours();
    const signed = subscribed.flatMap(({ secret }, index) =>
      events.map((one) => ({ url: `http://${fast.places[index]}/hook`, ...signedBy(secret, one) })),
    );
    return posts / (await fast.during(posts, () => postAll(agent, signed)));
  };
  const figures = await rounds(
    count,
    () => chance.next(),
    [
      { name: 'ours', run: ours },
      { name: 'bare', run: bare },
    ],
    say,
  );
  await agent.close();
  for (const { id, partnerId } of subscribed) await world.call('DELETE', `/subscriptions/${id}`, partner(partnerId));
  return figures;
}

const inState = async ({ sql }: World, state: string): Promise<number> =>
  (await sql<{ count: number }>('select count(*)::int as count from dispatch where state = $1', [state]))[0]?.count ??
  0;

/** Each event is about another plan, so that none waits for another. */
async function backlog(world: World, subscribed: readonly Subscribed[], count: number): Promise<CloudEvent[]> {
  const sent = Array.from({ length: count }, () =>
    world.publish(event(planRedraftedV1, randomUUID(), planRedraftedV1.examples[0]), 1),
  );
  await Promise.all(sent.map(({ stored }) => stored));
  await until(async () => (await inState(world, 'PENDING')) === count * subscribed.length, 60_000, 'the backlog');
  return sent.map(({ event: one }) => one);
}

interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function signedBy(secret: string, one: CloudEvent): Signed {
  const body = JSON.stringify(one);
  const at = new Date();
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'okienko',
    'webhook-id': one.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(one.id, at, body),
    'okienko-sequence': '1',
  };
  return { headers, body };
}

async function postAll(agent: Agent, all: readonly (Signed & { readonly url: string })[]): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let one = all[next++]; one; one = all[next++]) {
      const { url, headers, body } = one;
      const { body: answer } = await request(url, { method: 'POST', headers, body, dispatcher: agent });
      await answer.dump();
    }
  };
  await Promise.all(Array.from({ length: sinkCount * perSink }, lane));
}
