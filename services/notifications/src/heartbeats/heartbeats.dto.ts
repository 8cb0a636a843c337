import { PageQuery } from '@okienko/chassis/page';

export class TestedSink {
  /** Of the test event, which is its `webhook-id`. */
  eventId!: string;
  /** HTTP status of the answer; null when there was none. */
  status!: number | null;
  /** Why there was no answer, e.g. `ECONNREFUSED`. */
  errorCode!: string | null;
  milliseconds!: number;
}

export class ListDigests extends PageQuery {}

export class DigestView {
  /** Of the event that brings it. */
  id!: string;
  from!: number;
  /** One less than `from` when nothing came: the digest then says only that the subscription is alive. */
  to!: number;
  count!: number;
  /** As `GET /subscriptions/{id}/digest` says it of the same numbers. */
  sha256!: string;
  madeAt!: Date;
  /** When the sink took it; null while it has not. */
  postedAt!: Date | null;
  /** HTTP status of the latest attempt. */
  status!: number | null;
  errorCode!: string | null;
}
