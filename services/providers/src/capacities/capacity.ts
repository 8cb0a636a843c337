import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { capacityChangedV1 } from '@okienko/contracts/providers/capacity-changed.v1';
import { capacityClosedV1 } from '@okienko/contracts/providers/capacity-closed.v1';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { capacityRecountedV1 } from '@okienko/contracts/providers/capacity-recounted.v1';
import { capacityReleasedV1 } from '@okienko/contracts/providers/capacity-released.v1';
import { capacityReservedV1 } from '@okienko/contracts/providers/capacity-reserved.v1';
import {
  CapacityExhausted,
  CapacityInUse,
  HeadsExhausted,
  NoCapacityOpen,
  NotOpenThen,
  PeriodReversed,
  QuotaExceeded,
} from './capacity-errors';
import { checkSchedule, type DayException, isOpenOn, opensWithin, type WeeklyTimes } from './opening-hours';
import { exceeds, type Quota, type Stretch } from './quotas';

export const closureReasons = ['ENDED_BY_PROVIDER', 'AGREEMENT_ENDED', 'NO_STAFF', 'OTHER'] as const;
export type ClosureReason = (typeof closureReasons)[number];

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** What a provider offers, and may change. */
export interface CapacityTerms {
  /** Persons at the same time. */
  readonly places: number;
  /** Persons over the whole period, however long each stays; any number when it is not said. */
  readonly heads?: number | undefined;
  readonly from: Day;
  /** Its last day. */
  readonly to: Day;
  readonly placeId?: string | undefined;
  readonly coordinates?: Coordinates | undefined;
  readonly hours?: readonly WeeklyTimes[] | undefined;
  readonly exceptions?: readonly DayException[] | undefined;
  readonly quotas?: readonly Quota[] | undefined;
}

export interface CapacityOpening extends CapacityTerms {
  readonly providerId: string;
  readonly offerId: string;
}

/** What is taken of a capacity, as its reservations say. */
export interface Taken {
  /** Most places that are taken on one day of the days asked for, and on any day. */
  readonly then: number;
  readonly ever: number;
  /** Persons counted, whoever asks included. */
  readonly heads: number;
}

/** What a change must leave room for. */
export interface InUse {
  readonly ever: number;
  readonly heads: number;
  readonly first: Day | null;
  readonly last: Day | null;
}

/**
 * Places of a provider for an offer. A place is taken for days; `free` says how many places nobody has taken on any day, so it never
 * promises too much. Persons are counted beside places: somebody new is a new head, not a new place.
 */
export class Capacity {
  readonly version: number = 0;
  places = 0;
  heads: number | null = null;
  from: Day = '';
  to: Day = '';
  placeId: string | null = null;
  coordinates: Coordinates | null = null;
  hours: readonly WeeklyTimes[] = [];
  exceptions: readonly DayException[] = [];
  quotas: readonly Quota[] = [];
  free = 0;
  closedOn: Day | null = null;
  closeReason: string | null = null;

  private constructor(
    readonly id: string,
    readonly providerId: string,
    readonly offerId: string,
    readonly gmina: string | null,
  ) {}

  static open(id: string, { providerId, offerId, ...terms }: CapacityOpening, gmina: string | null): Capacity {
    const capacity = new Capacity(id, providerId, offerId, gmina);
    capacity.offer(terms);
    capacity.free = terms.places;
    return capacity;
  }

  get isClosed(): boolean {
    return this.closedOn !== null;
  }

  opened(): DomainEvent<typeof capacityOpenedV1> {
    return event(capacityOpenedV1, this.id, { ...this.count(), ...this.wherever() }, this.gmina ?? undefined);
  }

  /** Takes a place for those days, if there is one. */
  take({ from, to }: Pick<Stretch, 'from' | 'to'>, { then, ever, heads }: Taken): void {
    if (this.isClosed) throw new NotInState('capacity', 'taken', 'closed');
    if (to < from) throw new PeriodReversed();
    if (from < this.from || to > this.to) throw new NoCapacityOpen();
    if (!opensWithin(this, from, to)) throw new NotOpenThen();
    if (then >= this.places) throw new CapacityExhausted();
    if (this.heads !== null && heads > this.heads) throw new HeadsExhausted(this.heads);
    this.recount(Math.max(ever, then + 1));
  }

  /** `promised`: what each quota has to count already. */
  checkQuota(quota: Quota, asked: Stretch, promised: readonly Stretch[]): void {
    if (exceeds(quota, asked, promised, (day) => isOpenOn(this, day)))
      throw new QuotaExceeded(quota.limit, quota.unit, quota.each, quota.per);
  }

  /** So many places at most are taken on one day. */
  recount(ever: number): void {
    this.free = this.isClosed ? 0 : this.places - ever;
  }

  recounted(): DomainEvent<typeof capacityRecountedV1> {
    return event(capacityRecountedV1, this.id, this.count(), this.gmina ?? undefined);
  }

  /** The place that was taken is that of an order whose last day is `until`. */
  reserved(orderId: string, until: Day): DomainEvent<typeof capacityReservedV1> {
    return event(capacityReservedV1, this.id, { ...this.count(), orderId, until }, this.gmina ?? undefined);
  }

  released(orderId: string): DomainEvent<typeof capacityReleasedV1> {
    return event(capacityReleasedV1, this.id, { ...this.count(), orderId }, this.gmina ?? undefined);
  }

  change(terms: CapacityTerms, { ever, heads, first, last }: InUse): DomainEvent<typeof capacityChangedV1> {
    if (this.isClosed) throw new NotInState('capacity', 'changed', 'closed');
    this.offer(terms);
    if (this.places < ever) throw new CapacityInUse(`On one day ${ever} places are taken.`);
    if (this.heads !== null && this.heads < heads) throw new CapacityInUse(`${heads} persons have been counted.`);
    if (first !== null && first < this.from) throw new CapacityInUse(`A place is taken from ${first} on.`);
    if (last !== null && last > this.to) throw new CapacityInUse(`A place is taken until ${last}.`);
    this.recount(ever);
    return event(capacityChangedV1, this.id, { ...this.count(), ...this.wherever() }, this.gmina ?? undefined);
  }

  close(closedOn: Day, reasonCode: ClosureReason): DomainEvent<typeof capacityClosedV1> {
    if (this.isClosed) throw new NotInState('capacity', 'closed', 'closed');
    [this.closedOn, this.closeReason, this.free] = [closedOn, reasonCode, 0];
    return event(capacityClosedV1, this.id, { ...this.count(), closedOn, reasonCode }, this.gmina ?? undefined);
  }

  private offer({ hours = [], exceptions = [], quotas = [], ...terms }: CapacityTerms): void {
    if (terms.to < terms.from) throw new PeriodReversed();
    checkSchedule({ hours, exceptions });
    [this.places, this.heads, this.from, this.to] = [terms.places, terms.heads ?? null, terms.from, terms.to];
    [this.placeId, this.coordinates] = [terms.placeId ?? null, terms.coordinates ?? null];
    [this.hours, this.exceptions, this.quotas] = [hours, exceptions, quotas];
  }

  private count() {
    const { providerId, offerId, free } = this;
    return { providerId, offerId, places: this.isClosed ? 0 : this.places, free };
  }

  private wherever() {
    const { from, to, placeId, coordinates } = this;
    return { from, to, ...(placeId !== null && { placeId }), ...coordinates };
  }
}
