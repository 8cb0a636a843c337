import { setTimeout as pause } from 'node:timers/promises';
import type { CloudEvent } from '@okienko/contracts/event';

export interface Feed {
  /** Of the notifications service, e.g. `https://cus.example.pl/notifications`. */
  readonly url: string;
  /** Id of the subscription. */
  readonly subscription: string;
  /** A valid access token; asked for again when the service no longer takes the last one. */
  readonly token: () => string | Promise<string>;
  /** The last number that you have; 0 to begin with the first. */
  readonly after?: number;
  /** How long an empty answer may take, in seconds; 25 unless given, 0 to end when there is nothing more. */
  readonly wait?: number;
  /** Hears of each event at once, by server-sent events, instead of asking page after page. */
  readonly live?: boolean;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

export interface Step {
  readonly sequence: number;
  /** Null where your grant no longer covers it; the number stays, so that nothing seems to be missing. */
  readonly event: CloudEvent | null;
}

/** The service refuses, and would again: the subscription is not yours, or has ended, or the token is of no use. */
export class FeedRefused extends Error {}

const longestPause = 60_000;
/** Seconds. */
const longPoll = 25;

/** Every event of the subscription in the order of its numbers, without end; waits out whatever passes. */
export async function* readFeed(feed: Feed): AsyncGenerator<Step> {
  const { token, after = 0, wait = longPoll, live = false, signal } = feed;
  let last = after;
  let failures = 0;
  let bearer = await token();
  while (!signal?.aborted) {
    const answer = await ask(feed, last, bearer).catch(() => undefined);
    if (answer?.ok) {
      failures = 0;
      let isEmpty = true;
      for await (const item of live ? streamed(answer) : paged(answer)) {
        if (item.sequence !== last + 1) throw new Error(`After ${last} came ${item.sequence}: the feed has a gap.`);
        last = item.sequence;
        isEmpty = false;
        yield item;
      }
      if (isEmpty && wait === 0 && !live) return;
      // A stream ends with its token, among other things.
      if (live) bearer = await token();
      if (live && isEmpty) await pause(pauseAfter(1, undefined));
      continue;
    }
    failures += 1;
    if (answer && [400, 403, 404].includes(answer.status)) throw new FeedRefused(await answer.text());
    // A token may have ended; a second refusal in a row says that a fresh one is refused too.
    if (answer?.status === 401 && failures > 1) throw new FeedRefused(await answer.text());
    if (answer?.status === 401) bearer = await token();
    else await pause(pauseAfter(failures, answer), undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

function ask(
  { url, subscription, wait = longPoll, live = false, signal }: Feed,
  last: number,
  bearer: string,
): Promise<Response> {
  return fetch(`${url}/subscriptions/${subscription}/events?after=${last}&limit=200&wait=${wait}`, {
    headers: { Authorization: `Bearer ${bearer}`, Accept: live ? 'text/event-stream' : 'application/json' },
    // A stream that has become silent for good is noticed by this as well, and begun anew.
    signal: AbortSignal.any([AbortSignal.timeout((wait + 30) * 1000), ...(signal ? [signal] : [])]),
  });
}

async function* paged(answer: Response): AsyncGenerator<Step> {
  const { items } = (await answer.json()) as { items: Step[] };
  yield* items;
}

/** To the end of the connection, whatever ends it: the next one goes on after the last number. */
async function* streamed({ body }: Response): AsyncGenerator<Step> {
  let rest = '';
  try {
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const frames = (rest + text).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) {
        const [, sequence, data] = /^id: (\d+)\nevent: .*\ndata: (.*)$/.exec(frame) ?? [];
        if (sequence && data) yield { sequence: Number(sequence), event: JSON.parse(data) as Step['event'] };
      }
    }
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
  }
}

function pauseAfter(failures: number, answer: Response | undefined): number {
  const asked = Number(answer?.headers.get('retry-after')) * 1000;
  const own = Math.min(longestPause, 250 * 2 ** failures) * (0.5 + Math.random() / 2);
  return asked > 0 ? Math.min(asked, longestPause) : own;
}
