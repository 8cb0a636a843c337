import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class BeginNatsFeed {
  /** The last number that you have; the feed begins with the next. Without it, after what you have acknowledged. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  after?: number;
}

/** What a NATS client needs beside the credentials, which the operator hands over. */
export class NatsFeedView {
  stream!: string;
  /** The durable pull consumer, one for all subscriptions of a partner. */
  consumer!: string;
  /** Where the events of this subscription lie. */
  subject!: string;
  /** The number of the latest event that has been laid there. */
  laid!: number;
}
