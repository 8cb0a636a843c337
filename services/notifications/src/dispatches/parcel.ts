import type { Way } from '../subscriptions/subscriptions.queries';
import { isDown } from './breaker';
import type { Answer } from './dispatch';
import type { FeedEvent } from './feed-events.queries';

/** A subscription as it was when its lane was read. */
export interface LaneWay extends Way {
  readonly partnerId: string;
  /** How often in a row the sink was down before. */
  readonly failures: number;
}

/** One event that may go to a sink now. */
export interface Sendable {
  readonly way: LaneWay;
  readonly sequence: number;
  readonly event: FeedEvent;
  readonly granted: boolean;
  /** Which attempt this is: 1, 2, 3 … */
  readonly attempt: number;
  /** When the first one was; null before it. */
  readonly firstAt: Date | null;
  readonly dueAt: Date;
}

/** The same where events go in batches. */
export interface Batchable extends Sendable {
  /** The first that waits about its subject. */
  readonly earliest: number;
}

/** What goes out in one post. */
export interface Parcel {
  readonly sequence: number;
  readonly isBatch: boolean;
  readonly events: readonly [Sendable, ...Sendable[]];
}

export const single = (one: Sendable): Parcel => ({ sequence: one.sequence, isBatch: false, events: [one] });

/**
 * As many from the first on as may go together: numbers without a hole, so that first and last say all, and nothing before that
 * an event of the same subject waits for. One that is no longer granted goes alone, which is nowhere.
 */
export function batchOf([first, ...rest]: readonly [Batchable, ...Batchable[]]): Parcel {
  const end = rest.findIndex(
    ({ sequence, earliest, granted }, index) =>
      sequence !== first.sequence + index + 1 || earliest < first.sequence || !granted,
  );
  const more = first.granted ? rest.slice(0, end === -1 ? rest.length : end) : [];
  return { sequence: first.sequence, isBatch: true, events: [first, ...more] };
}

interface Post {
  /** The same whenever the same goes out, so that a repetition can be known. */
  readonly id: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export function postOf({ isBatch, events }: Parcel): Post {
  const [{ way, event, sequence }] = events;
  if (!isBatch) return { id: event.id, body: event.body, headers: { 'okienko-sequence': String(sequence) } };
  const range = `${sequence}-${sequence + events.length - 1}`;
  return {
    id: `${way.subscriptionId}_${range}`,
    body: Buffer.from(`[${events.map((one) => one.event.body.toString()).join(',')}]`),
    headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8', 'okienko-sequence': range },
  };
}

/** A batch that is refused is tried event by event, so that a bad one holds up no other. Who is asked to wait or finds nobody keeps it together. */
export const isTakenApart = ({ events }: Parcel, answer: Answer): boolean =>
  events.length > 1 && !isDown(answer) && ![410, 429].includes(answer.status ?? 0) && !isTaken(answer);

const isTaken = ({ status = 0 }: Answer): boolean => status >= 200 && status < 300;
