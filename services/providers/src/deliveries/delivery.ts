import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { deliveryAcceptanceWithdrawnV1 } from '@okienko/contracts/providers/delivery-acceptance-withdrawn.v1';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { deliveryCorrectedV1 } from '@okienko/contracts/providers/delivery-corrected.v1';
import { deliveryDisputedV1 } from '@okienko/contracts/providers/delivery-disputed.v1';
import { deliveryMissedAcceptedV1 } from '@okienko/contracts/providers/delivery-missed-accepted.v1';
import { deliveryMissedV1 } from '@okienko/contracts/providers/delivery-missed.v1';
import { deliveryRecordedV1 } from '@okienko/contracts/providers/delivery-recorded.v1';
import { deliveryRejectedV1 } from '@okienko/contracts/providers/delivery-rejected.v1';
import type { ServiceOrder } from '../service-orders/service-order';
import { DeliverySettled } from './delivery-errors';
import type { AbsenceCause, Outcome, Visit } from './visit';

export const deliveryStates = ['RECORDED', 'ACCEPTED', 'DISPUTED', 'CORRECTED', 'REJECTED'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

const transitions: Record<DeliveryState, readonly DeliveryState[]> = {
  RECORDED: ['ACCEPTED', 'DISPUTED', 'CORRECTED', 'REJECTED'],
  DISPUTED: ['ACCEPTED', 'CORRECTED', 'REJECTED'],
  CORRECTED: ['ACCEPTED', 'DISPUTED', 'CORRECTED', 'REJECTED'],
  ACCEPTED: ['DISPUTED'],
  REJECTED: [],
};

/** Who says that it was so: the coordinator, or the recipient, which the desk passes on. */
export const confirmations = ['COORDINATOR', 'RECIPIENT_AT_DESK'] as const;
export type Confirmation = (typeof confirmations)[number];

export const disputeCauses = [
  'NOT_DELIVERED',
  'LESS_DELIVERED',
  'WRONG_TIME',
  'WRONG_PERFORMER',
  'WRONG_OUTCOME',
  'QUALITY',
  'RECORDED_IN_ERROR',
  'OTHER',
] as const;
export type DisputeCause = (typeof disputeCauses)[number];

/** Care given to a person on a day, or a visit in vain, as the provider records it and the centre accepts or disputes it. */
export class Delivery {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly orderId: string,
    readonly allocationId: string,
    readonly providerId: string,
    public deliveredOn: Day,
    public quantity: number,
    readonly unit: ServiceOrder['unit'],
    readonly gmina: string | null,
    public startedAt: Date | null,
    public endedAt: Date | null,
    public performerId: string | null,
    public placeId: string | null,
    public outcome: Outcome,
    public absenceCause: AbsenceCause | null,
    private state: DeliveryState,
    /** Account of the member of staff who accepted it. */
    public acceptedBy: string | null,
    public confirmedBy: Confirmation | null,
    public disputeCause: DisputeCause | null,
    public rejectReason: string | null,
    /** The settlement in which it was paid for. */
    readonly settlementId: string | null,
    /** So much of it goes beyond a quota of the capacity, by a permit. */
    public beyondQuota: number,
  ) {}

  static record(id: string, order: ServiceOrder, visit: Visit, beyondQuota = 0): Delivery {
    const { allocationId, providerId, unit, gmina } = order;
    const { deliveredOn, quantity, startedAt, endedAt, performerId, placeId, outcome, absenceCause } = visit;
    return new Delivery(
      id,
      0,
      order.id,
      allocationId,
      providerId,
      deliveredOn,
      quantity,
      unit,
      gmina,
      startedAt,
      endedAt,
      performerId,
      placeId,
      outcome,
      absenceCause,
      'RECORDED',
      null,
      null,
      null,
      null,
      null,
      beyondQuota,
    );
  }

  get visit(): Visit {
    const { deliveredOn, quantity, startedAt, endedAt, performerId, placeId, outcome, absenceCause } = this;
    return { deliveredOn, quantity, startedAt, endedAt, performerId, placeId, outcome, absenceCause };
  }

  recorded(): DomainEvent {
    return this.outcome === 'DELIVERED'
      ? this.tell(deliveryRecordedV1, this.facts())
      : this.tell(deliveryMissedV1, this.missed(this.outcome));
  }

  accept(by: string, confirmedBy: Confirmation): DomainEvent {
    this.moveTo('ACCEPTED', 'accepted');
    this.acceptedBy = by;
    this.confirmedBy = confirmedBy;
    return this.outcome === 'DELIVERED'
      ? this.tell(deliveryAcceptedV1, this.facts())
      : this.tell(deliveryMissedAcceptedV1, this.missed(this.outcome));
  }

  dispute(causeCode: DisputeCause): DomainEvent {
    if (this.state === 'ACCEPTED') throw new NotInState('delivery', 'disputed', this.state);
    this.moveTo('DISPUTED', 'disputed');
    this.disputeCause = causeCode;
    return this.tell(deliveryDisputedV1, { ...this.ids(), causeCode });
  }

  /** The centre was wrong to accept it: it is disputed from now on, and what was counted is counted no more. */
  withdrawAcceptance(causeCode: DisputeCause): [DomainEvent, ...DomainEvent[]] {
    if (this.state !== 'ACCEPTED') throw new NotInState('delivery', 'disputed after acceptance', this.state);
    if (this.settlementId !== null) throw new DeliverySettled();
    this.moveTo('DISPUTED', 'disputed');
    this.acceptedBy = null;
    this.confirmedBy = null;
    this.disputeCause = causeCode;
    const disputed = this.tell(deliveryDisputedV1, { ...this.ids(), causeCode });
    if (this.outcome !== 'DELIVERED') return [disputed];
    return [this.tell(deliveryAcceptanceWithdrawnV1, { ...this.facts(), causeCode }), disputed];
  }

  correct(visit: Visit, beyondQuota = 0): DomainEvent<typeof deliveryCorrectedV1> {
    this.moveTo('CORRECTED', 'corrected');
    Object.assign(this, visit, { beyondQuota });
    this.disputeCause = null;
    return this.tell(deliveryCorrectedV1, { ...this.facts(), outcome: this.outcome });
  }

  /** The provider is heard first: the centre rejects what it has disputed, corrected since or not. */
  reject(reasonCode: DisputeCause): DomainEvent<typeof deliveryRejectedV1> {
    if (this.state === 'RECORDED') throw new NotInState('delivery', 'rejected before it is disputed', this.state);
    return this.end(reasonCode, 'rejected');
  }

  withdraw(): DomainEvent<typeof deliveryRejectedV1> {
    return this.end('WITHDRAWN', 'withdrawn');
  }

  private end(reasonCode: string, act: string): DomainEvent<typeof deliveryRejectedV1> {
    this.moveTo('REJECTED', act);
    this.rejectReason = reasonCode;
    return this.tell(deliveryRejectedV1, { ...this.ids(), reasonCode });
  }

  private moveTo(next: DeliveryState, act: string): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('delivery', act, this.state);
    this.state = next;
  }

  private tell<C extends Parameters<typeof event>[0]>(
    contract: C,
    data: Parameters<typeof event<C>>[2],
  ): DomainEvent<C> {
    return event(contract, this.id, data, this.gmina ?? undefined);
  }

  private ids() {
    const { orderId, allocationId, providerId } = this;
    return { orderId, allocationId, providerId };
  }

  private facts() {
    const { deliveredOn, quantity, unit } = this;
    return { ...this.ids(), deliveredOn, quantity, unit };
  }

  private missed(outcome: Exclude<Outcome, 'DELIVERED'>) {
    const { deliveredOn: plannedOn, quantity, unit } = this;
    return { ...this.ids(), plannedOn, quantity, unit, outcome };
  }
}
