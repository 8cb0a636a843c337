import { PageQuery } from '@okienko/chassis/page';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
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
