import { NotFound } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { subscriptionCreatedV1 } from '@okienko/contracts/notifications/subscription-created.v1';
import { subscriptionEndedV1 } from '@okienko/contracts/notifications/subscription-ended.v1';
import { assertKnown } from '../grants/event-types';

/** A partner's wish to be told. What it is told is this wish narrowed by its grants. */
export class Subscription {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly partnerId: string,
    readonly sink: string,
    /** Names of events or prefixes; none stands for all that is granted. */
    readonly types: readonly string[],
    readonly createdAt: Date,
    private endedAt: Date | null,
  ) {}

  static create(id: string, partnerId: string, sink: string, types: readonly string[], now: Date): Subscription {
    assertKnown(types);
    return new Subscription(id, 0, partnerId, sink, types, now, null);
  }

  end(now: Date): void {
    if (this.endedAt) throw new NotFound('subscription');
    this.endedAt = now;
  }

  created(): DomainEvent<typeof subscriptionCreatedV1> {
    return event(subscriptionCreatedV1, this.id, { partnerId: this.partnerId });
  }

  ended(): DomainEvent<typeof subscriptionEndedV1> {
    return event(subscriptionEndedV1, this.id, { partnerId: this.partnerId });
  }
}
