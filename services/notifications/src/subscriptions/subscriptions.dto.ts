import { Changed } from '@okienko/chassis/http';
import { PageQuery } from '@okienko/chassis/page';
import { ArrayMaxSize, IsArray, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { eventTypeShape } from '../grants/grants.dto';

export class CreateSubscription {
  /** Where events are posted: an https URL on the public internet, e.g. `https://hooks.powiat.example/okienko`. */
  @IsString()
  @MaxLength(2000)
  sink!: string;

  /** Names of events, or prefixes that end in a dot; without it, everything that is granted. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(eventTypeShape, { each: true })
  types?: string[];
}

export class CreatedSubscription extends Changed {
  /** Standard Webhooks secret that signs what is posted. Keep it safe; it is shown to you alone. */
  secret!: string;
}

export class ListSubscriptions extends PageQuery {}

export class SubscriptionView {
  id!: string;
  partnerId!: string;
  sink!: string;
  types!: string[];
  /** PAUSED after the sink has answered 410 Gone: events go on being numbered and kept, and can be pulled. */
  state!: 'ACTIVE' | 'PAUSED' | 'ENDED';
  /** Number of the latest event in the subscription. */
  lastSequence!: number;
  createdAt!: Date;
  pausedAt!: Date | null;
  endedAt!: Date | null;
}
