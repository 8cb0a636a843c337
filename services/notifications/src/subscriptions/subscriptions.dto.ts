import { Changed } from '@okienko/chassis/http';
import { PageQuery } from '@okienko/chassis/page';
import { IsInstant, MayBeAbsent, Part } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { eventTypeShape } from '../grants/grants.dto';
import { AuthenticationBody, type AuthenticationView } from './authentication.dto';
import { type Handshake, handshakes } from './handshake';
import { type Signature, signatures } from './webhook-secret';

/** What is wanted of what is granted. */
export class Wanted {
  /** Names of events, or prefixes that end in a dot; without it, everything that is granted. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(eventTypeShape, { each: true })
  types?: string[];

  /**
   * All have to fit (CloudEvents Subscriptions API): `{"exact": {"gmina": "2861011"}}`, `prefix`, `suffix`, `{"all": […]}`, `{"any": […]}`,
   * `{"not": …}`. Attributes are those of the envelope and codes of the data, as `data.reasonCode`. @example [{"exact": {"gmina": "2861011"}}]
   */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsObject({ each: true })
  filters?: object[];
}

export class Batch {
  /** Events in one post, 2 to 100. */
  @IsInt()
  @Min(2)
  @Max(100)
  size!: number;
}

export class CreateSubscription extends Wanted {
  /**
   * Where events are posted: an https URL on the public internet, e.g. `https://hooks.powiat.example/okienko`. Without it nothing is posted,
   * and the subscription is read by `GET …/events` or over NATS alone.
   */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  sink?: string;

  /** BEGINNING numbers everything that is kept and granted to you today; NOW unless said otherwise. */
  @IsOptional()
  @IsIn(['NOW', 'BEGINNING'])
  startFrom?: 'NOW' | 'BEGINNING';

  /** Numbers everything that came since that moment. */
  @IsOptional()
  @IsInstant()
  startAt?: string;

  /**
   * OPTIONS asks the sink whether it wants to be posted to (CloudEvents webhooks, 4): it answers with `WebHook-Allowed-Origin`, and
   * `WebHook-Allowed-Rate` is kept to. NONE asks nothing, which is possible for sinks on the centre's own network only, and usual there.
   */
  @IsOptional()
  @IsIn(handshakes)
  handshake?: Handshake;

  /** HMAC signs with a secret that you and the centre know (`v1`), ED25519 with a key whose public half you get (`v1a`); HMAC unless said otherwise. */
  @IsOptional()
  @IsIn(signatures)
  signature?: Signature;

  /** Is written to when the sink has been down for an hour, and when it is given up. Take an address of a duty, not of a person. */
  @IsOptional()
  @IsEmail()
  @MaxLength(200)
  alertEmail?: string;

  /**
   * Several events in one post (`application/cloudevents-batch+json`): as many as have come, `size` at most, one post at a time, with
   * `okienko-sequence: <first>-<last>`. A batch that is refused comes again event by event. Without it each event is a post.
   */
  @MayBeAbsent()
  @Part(() => Batch)
  batch?: Batch;

  /** How the centre shows your sink who it is, beside the signature; the signature alone unless said otherwise. */
  @MayBeAbsent()
  @Part(() => AuthenticationBody)
  authentication?: AuthenticationBody;
}

export class PublicKeys {
  /** `whpk_…`: checks what is signed now (Standard Webhooks, `v1a`). */
  publicKey!: string;
  /** The one before it while it signs too, after a rotation. */
  earlierPublicKey!: string | null;
}

export class TryOut extends Wanted {
  /** How many of the latest events that you may have are looked at; 100 unless said otherwise. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1000)
  last?: number;
}

export class MatchedEvent {
  eventId!: string;
  name!: string;
  subject!: string;
  gmina!: string | null;
  receivedAt!: Date;
}

export class TriedOut {
  /** Events that you may have and that were looked at. */
  looked!: number;
  matched!: number;
  /** The latest 50 that would have come. */
  examples!: MatchedEvent[];
}

export class RotateSecret {
  /** How long the secret before it goes on signing, beside the new one; 24 unless said otherwise. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(168)
  overlapHours?: number;
}

export class Acknowledge {
  /** The last number that you have and will not ask for again. */
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  acknowledged!: number;
}

export class CreatedSubscription extends Changed {
  /** Standard Webhooks secret that signs what is posted, with HMAC. Keep it safe; it is shown to you alone. */
  secret?: string;
  /** With ED25519: what checks the signatures, `whpk_…`. */
  publicKey?: string;
}

const states = ['AWAITING_APPROVAL', 'REFUSED', 'ACTIVE', 'PAUSED', 'ENDED'] as const;

export class ListSubscriptions extends PageQuery {
  /** Only subscriptions in this state. */
  @IsOptional()
  @IsIn(states)
  state?: (typeof states)[number];
}

export class SubscriptionView {
  id!: string;
  partnerId!: string;
  /** Null where nothing is posted. */
  sink!: string | null;
  types!: string[];
  filters!: object[];
  signature!: Signature;
  /** What the sink agreed to; null where it sets no limit. */
  postsPerMinute!: number | null;
  alertEmail!: string | null;
  batch!: Batch | null;
  /**
   * AWAITING_APPROVAL, REFUSED: nothing is numbered or sent until the centre approves it; then it gets what has come since. PAUSED by the
   * partner, or after the sink has answered 410 Gone: events go on being numbered and kept, and can be pulled.
   */
  state!: (typeof states)[number];
  /** Send it as `If-Match: "<version>"` with each change. */
  version!: number;
  /** How the centre shows your sink who it is, without what opens anything; null: by the signature alone. */
  authentication!: AuthenticationView | null;
  /** Who approved or refused it, when and why, where the grant asks for that. */
  approvalBy!: string | null;
  approvalAt!: Date | null;
  approvalReason!: string | null;
  /** Number of the latest event in the subscription. */
  lastSequence!: number;
  /** The number up to which the partner has everything, as it said itself. */
  acknowledged!: number;
  /** Until then the secret before the present one signs too. */
  earlierSecretUntil!: Date | null;
  createdAt!: Date;
  pausedAt!: Date | null;
  /** Since then the sink has not answered, and only probes go there; null while it does. */
  brokenSince!: Date | null;
  endedAt!: Date | null;
}
