import { PageQuery } from '@okienko/chassis/page';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { type DispatchState, dispatchStates } from './dispatch';

export class ListDispatches extends PageQuery {
  /** Only dispatches in this state. */
  @IsOptional()
  @IsIn(dispatchStates)
  state?: DispatchState;
}

export class DispatchView {
  /** Number in the subscription: 1, 2, 3 … without a hole. */
  sequence!: number;
  /** Id of the event, which is also its `webhook-id`. */
  eventId!: string;
  /** Name of the event, e.g. `cases.plan.approved.v1`. */
  name!: string;
  /** Id of what the event is about. */
  subject!: string;
  state!: DispatchState;
  attempts!: number;
  /** When the next attempt is due; null once there is none. */
  nextAttemptAt!: Date | null;
  finishedAt!: Date | null;
  /** HTTP status of the latest attempt; null when there was no answer. */
  lastStatus!: number | null;
  /** Why there was no answer, e.g. `ECONNREFUSED`. */
  lastErrorCode!: string | null;
}

/** Of one event, in one subscription. */
export class DispatchOfEvent extends DispatchView {
  subscriptionId!: string;
  partnerId!: string;
  /** PUSHED: posted to a sink. PULLED: nothing is posted, and the partner reads it. */
  way!: 'PUSHED' | 'PULLED';
  /** Since then the sink has not answered; null while it does. */
  brokenSince!: Date | null;
  /** Since then the partner has paused it; null while it goes on. */
  pausedAt!: Date | null;
  /** Whether the partner has said that it has everything up to this one. */
  acknowledged!: boolean;
}

export class Backlog {
  subscriptionId!: string;
  partnerId!: string;
  /** Dispatches that wait to be posted. */
  waiting!: number;
  /** Age of the event of the oldest of them, in seconds. */
  oldestSeconds!: number | null;
  /** Given up, and to be pulled or sent again. */
  parked!: number;
  brokenSince!: Date | null;
  pausedAt!: Date | null;
}

export class ReadFeed {
  /** The last number you have; 0 or nothing to read from the beginning. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  /** Events a page, 1 to 200. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** How long the answer may wait for the next event, in seconds, 0 to 30; without it none waits. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(30)
  wait?: number;
}

export class FeedItem {
  /** Number in the subscription: 1, 2, 3 … without a hole. */
  sequence!: number;
  /** The event as it was published (CloudEvents 1.0); null where your grant no longer covers it. */
  event!: object | null;
}

export class FeedPage {
  items!: FeedItem[];
  /** The `after` of the next page; absent when there is nothing more yet. */
  next?: string;
}

export class DispatchAttemptView {
  attempt!: number;
  at!: Date;
  /** HTTP status of the answer; null when there was none. */
  status!: number | null;
  errorCode!: string | null;
  milliseconds!: number;
  /** The headers that were sent, but for signatures and tokens; null where the attempt was made before they were kept. */
  request!: object | null;
  /** Of the headers that came back, those that tell who answered and why; null when there was no answer. */
  answerHeaders!: object | null;
  /** The beginning of what the sink answered, at most 2 KiB. */
  answerBody!: string | null;
}

export class DispatchWithAttempts extends DispatchView {
  attemptsMade!: DispatchAttemptView[];
}

export class RangeToRepeat {
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  from!: number;

  /** The last number, at most 9,999 after the first. */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  to!: number;
}

export class RangeOfNumbers {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  from!: number;

  /** The last number, at most 9,999 after the first. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  to!: number;
}

export class Redelivered {
  /** How many are sent again: those that had an end. */
  count!: number;
}

export class Parked {
  sequence!: number;
  state!: DispatchState;
}

export class RangeDigest {
  from!: number;
  to!: number;
  /** As many as `to - from + 1` unless the subscription has not come so far. */
  count!: number;
  /** SHA-256, in hex, of a line `<number> <event id>\n` for each number in order. */
  sha256!: string;
}

export class EvidenceKey {
  /** Which key it is: the thumbprint (RFC 7638) that signatures name. */
  kid!: string;
  /** PEM (SubjectPublicKeyInfo). */
  publicKey!: string;
}

export class AskWhy {
  /** Id of the event that did not come. */
  @IsUUID()
  eventId!: string;
}

export class Explanation {
  /**
   * DISPATCHED: it has a number. UNKNOWN: this service has not kept it, so it is of no kind for partners, too old, or still on its way.
   * NOT_GRANTED: your grants of today do not cover its name or gmina. OTHER_TYPES, FILTERED: the subscription does not ask for it.
   * BEFORE_ITS_TIME: it came before the subscription began, or while no grant covered it.
   */
  because!: 'DISPATCHED' | 'UNKNOWN' | 'NOT_GRANTED' | 'OTHER_TYPES' | 'FILTERED' | 'BEFORE_ITS_TIME';
  /** With DISPATCHED. */
  sequence!: number | null;
  state!: DispatchState | null;
}
