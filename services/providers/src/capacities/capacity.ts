import type { Day } from '@okienko/contracts/calendar';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { capacityReleasedV1 } from '@okienko/contracts/providers/capacity-released.v1';
import { capacityReservedV1 } from '@okienko/contracts/providers/capacity-reserved.v1';

export class CapacityExhausted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'capacity-exhausted';
  constructor() {
    super('Every place of this capacity is taken. Decline the order, or wait until a place is free again.');
  }
}

export class NoCapacityOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'no-capacity-open';
  constructor() {
    super('No capacity of this provider covers the whole period of the order. Open one first, or decline the order.');
  }
}

export class CapacityOverlaps extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'capacity-overlaps';
  constructor() {
    super('The provider has a capacity for this offer that overlaps this period. Choose a period beside it.');
  }
}

export class OfferNotPublished extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'offer-not-published';
  override readonly basis = 'art. 13(1)(9)';
  constructor() {
    super('Places can be opened for a published service offer only. Publish the offer first.');
  }
}

export class PeriodReversed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'period-reversed';
  override readonly basis = 'art. 39(2)';
  constructor() {
    super('The period ends before it begins.');
  }
}

export interface CapacityOpening {
  readonly providerId: string;
  readonly offerId: string;
  readonly places: number;
  readonly from: Day;
  /** Its last day. */
  readonly to: Day;
}

/** Places of a provider for an offer: how many persons it can serve at the same time, and how many of the places are free. */
export class Capacity {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly providerId: string,
    readonly offerId: string,
    readonly from: Day,
    readonly to: Day,
    readonly places: number,
    private free: number,
    readonly gmina: string | null,
  ) {}

  static open(id: string, { providerId, offerId, places, from, to }: CapacityOpening, gmina: string | null): Capacity {
    if (to < from) throw new PeriodReversed();
    return new Capacity(id, 0, providerId, offerId, from, to, places, places, gmina);
  }

  opened(): DomainEvent<typeof capacityOpenedV1> {
    return event(capacityOpenedV1, this.id, { ...this.count(), from: this.from, to: this.to }, this.gmina ?? undefined);
  }

  /** Takes a place for an order whose last day is `until`. */
  reserve(orderId: string, until: Day): DomainEvent<typeof capacityReservedV1> {
    if (this.free === 0) throw new CapacityExhausted();
    this.free -= 1;
    return event(capacityReservedV1, this.id, { ...this.count(), orderId, until }, this.gmina ?? undefined);
  }

  release(orderId: string): DomainEvent<typeof capacityReleasedV1> {
    if (this.free === this.places) throw new NotInState('capacity', 'released', 'wholly free');
    this.free += 1;
    return event(capacityReleasedV1, this.id, { ...this.count(), orderId }, this.gmina ?? undefined);
  }

  private count() {
    return { providerId: this.providerId, offerId: this.offerId, places: this.places, free: this.free };
  }
}
