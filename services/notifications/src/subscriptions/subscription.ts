import { NotFound } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { subscriptionCreatedV1 } from '@okienko/contracts/notifications/subscription-created.v1';
import { subscriptionEndedV1 } from '@okienko/contracts/notifications/subscription-ended.v1';
import { subscriptionFailingV1 } from '@okienko/contracts/notifications/subscription-failing.v1';
import { subscriptionRecoveredV1 } from '@okienko/contracts/notifications/subscription-recovered.v1';
import { subscriptionSecretRotatedV1 } from '@okienko/contracts/notifications/subscription-secret-rotated.v1';
import { assertKnown } from '../grants/event-types';
import type { Filter } from './filter';
import type { Signature } from './webhook-secret';

/** What a partner asks for. */
export interface Wish {
  /** Empty where nothing is to be posted: it is read over the feed or NATS alone. */
  readonly sink: string;
  readonly types: readonly string[];
  readonly filters: readonly Filter[];
  readonly signature?: Signature;
  /** What its sink agrees to. */
  readonly postsPerMinute?: number | undefined;
  /** Who is told when the sink is down: an address of the partner's system, not of a person. */
  readonly alertEmail?: string | undefined;
}

/** A partner's wish to be told. What it is told is this wish narrowed by its grants. */
export class Subscription {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly partnerId: string,
    readonly sink: string,
    /** Names of events or prefixes; none stands for all that is granted. */
    readonly types: readonly string[],
    /** All of them have to fit. */
    readonly filters: readonly Filter[],
    readonly signature: Signature,
    readonly postsPerMinute: number | null,
    readonly alertEmail: string | null,
    readonly createdAt: Date,
    private secret: number,
    private earlierUntil: Date | null,
    private endedAt: Date | null,
  ) {}

  static create(id: string, partnerId: string, wish: Wish, now: Date): Subscription {
    const { sink, types, filters, signature = 'HMAC', postsPerMinute = null, alertEmail = null } = wish;
    assertKnown(types);
    return new Subscription(
      id,
      0,
      partnerId,
      sink,
      types,
      filters,
      signature,
      postsPerMinute,
      alertEmail,
      now,
      1,
      null,
      null,
    );
  }

  /** Which of its secrets signs now: 1, 2, 3 … */
  get secretVersion(): number {
    return this.secret;
  }

  get earlierSecretUntil(): Date | null {
    return this.earlierUntil;
  }

  /** A new secret signs from now on, beside the one before it until `earlierUntil`. */
  rotateSecret(earlierUntil: Date): DomainEvent<typeof subscriptionSecretRotatedV1> {
    if (this.endedAt) throw new NotFound('subscription');
    this.secret += 1;
    this.earlierUntil = earlierUntil;
    return event(subscriptionSecretRotatedV1, this.id, {
      partnerId: this.partnerId,
      earlierSecretUntil: earlierUntil.toISOString(),
    });
  }

  end(now: Date): void {
    if (this.endedAt) throw new NotFound('subscription');
    this.endedAt = now;
  }

  failing(): DomainEvent<typeof subscriptionFailingV1> {
    return event(subscriptionFailingV1, this.id, { partnerId: this.partnerId });
  }

  recovered(): DomainEvent<typeof subscriptionRecoveredV1> {
    return event(subscriptionRecoveredV1, this.id, { partnerId: this.partnerId });
  }

  created(): DomainEvent<typeof subscriptionCreatedV1> {
    return event(subscriptionCreatedV1, this.id, { partnerId: this.partnerId });
  }

  ended(): DomainEvent<typeof subscriptionEndedV1> {
    return event(subscriptionEndedV1, this.id, { partnerId: this.partnerId });
  }
}
