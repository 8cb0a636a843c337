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

/** Every event of the subscription in the order of its numbers, without end; waits out whatever passes. */
export async function* readFeed({
  url,
  subscription,
  token,
  after = 0,
  wait = 25,
  signal,
}: Feed): AsyncGenerator<Step> {
  let last = after;
  let failures = 0;
  let bearer = await token();
  while (!signal?.aborted) {
    const answer = await fetch(`${url}/subscriptions/${subscription}/events?after=${last}&limit=200&wait=${wait}`, {
      headers: { Authorization: `Bearer ${bearer}` },
      signal: AbortSignal.any([AbortSignal.timeout((wait + 30) * 1000), ...(signal ? [signal] : [])]),
    }).catch(() => undefined);
    if (answer?.ok) {
      failures = 0;
      const { items } = (await answer.json()) as { items: Step[] };
      for (const item of items) {
        if (item.sequence !== last + 1) throw new Error(`After ${last} came ${item.sequence}: the feed has a gap.`);
        last = item.sequence;
        yield item;
      }
      if (items.length === 0 && wait === 0) return;
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

function pauseAfter(failures: number, answer: Response | undefined): number {
  const asked = Number(answer?.headers.get('retry-after')) * 1000;
  const own = Math.min(longestPause, 250 * 2 ** failures) * (0.5 + Math.random() / 2);
  return asked > 0 ? Math.min(asked, longestPause) : own;
}
