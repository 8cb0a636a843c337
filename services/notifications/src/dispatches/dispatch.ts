import { delayAfter, webhookDelays } from '../back-off';

/** WITHHELD: the grant was gone when its turn came. PARKED: given up after days; it can still be pulled. */
export type DispatchState = 'PENDING' | 'DELIVERED' | 'WITHHELD' | 'PARKED';
export const dispatchStates: readonly DispatchState[] = ['PENDING', 'DELIVERED', 'WITHHELD', 'PARKED'];

const second = 1000;
/** No attempt lasts longer. */
export const attemptTimeout = 15 * second;
/** A partner's system may be away over a long weekend. */
export const patience = 3 * 24 * 60 * 60 * second;
const longestRetryAfter = 24 * 60 * 60 * second;

/** What came back from the sink: a status, or the code of an error when there was none. */
export interface Answer {
  readonly status?: number;
  readonly retryAfter?: string;
  readonly errorCode?: string;
  /** What else came back, for the log: its headers and the beginning of its body. */
  readonly said?: {
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly begins: string;
  };
}

export type Verdict =
  | { readonly next: 'DELIVERED' | 'PARKED' }
  /** The sink is gone for good (410): the subscription pauses and the dispatch stays where it is. */
  | { readonly next: 'PAUSED' }
  | { readonly next: 'RETRY'; readonly at: Date };

/** `firstAt` is when the first attempt was made, `attempts` how many there have been. */
export function judge(
  { status = 0, retryAfter }: Answer,
  { firstAt, attempts }: { readonly firstAt: Date; readonly attempts: number },
  now: Date,
  random: () => number,
): Verdict {
  if (status >= 200 && status < 300) return { next: 'DELIVERED' };
  if (status === 410) return { next: 'PAUSED' };
  if (now.getTime() - firstAt.getTime() >= patience) return { next: 'PARKED' };
  const asked = status === 429 || status === 503 ? waitAskedFor(retryAfter, now) : undefined;
  return { next: 'RETRY', at: new Date(now.getTime() + (asked ?? delayAfter(attempts, webhookDelays, random))) };
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); at least a second, at most a day. */
function waitAskedFor(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * second : Date.parse(header) - now.getTime();
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, second), longestRetryAfter);
}
