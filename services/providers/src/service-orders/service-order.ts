import type { Day } from '@okienko/contracts/calendar';
import type { AllocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { serviceOrderAcceptedV1 } from '@okienko/contracts/providers/service-order-accepted.v1';
import { serviceOrderCompletedV1 } from '@okienko/contracts/providers/service-order-completed.v1';
import { serviceOrderDeclinedV1 } from '@okienko/contracts/providers/service-order-declined.v1';
import { serviceOrderReceivedV1 } from '@okienko/contracts/providers/service-order-received.v1';
import { serviceOrderStartedV1 } from '@okienko/contracts/providers/service-order-started.v1';
import { DeliveredInFuture, DeliveredOutsidePeriod, MoreThanOrdered } from './delivery-rules';

export const serviceOrderStates = ['RECEIVED', 'ACCEPTED', 'DECLINED', 'IN_DELIVERY', 'COMPLETED'] as const;
export type ServiceOrderState = (typeof serviceOrderStates)[number];

const transitions: Record<ServiceOrderState, readonly ServiceOrderState[]> = {
  RECEIVED: ['ACCEPTED', 'DECLINED'],
  ACCEPTED: ['IN_DELIVERY', 'COMPLETED'],
  IN_DELIVERY: ['COMPLETED'],
  DECLINED: [],
  COMPLETED: [],
};

export const declinationReasons = ['NO_CAPACITY', 'OUT_OF_AREA', 'NO_QUALIFIED_STAFF', 'OTHER'] as const;
/** A provider gives one of its reasons; the last one is given in the name of a provider that is not registered. */
export type DeclinationReason = (typeof declinationReasons)[number] | 'UNKNOWN_PROVIDER';

/** An allocation referred to a provider: what it is asked to deliver, when and how much. Who is served, it asks `cases`. */
export class ServiceOrder {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly allocationId: string,
    readonly attempt: number,
    readonly providerId: string,
    readonly offerId: string,
    readonly from: Day,
    readonly to: Day,
    readonly quantity: number,
    readonly unit: AllocationReferredV1['unit'],
    readonly gmina: string | null,
    private state: ServiceOrderState,
  ) {}

  static receive(id: string, allocationId: string, referral: AllocationReferredV1, gmina?: string): ServiceOrder {
    const { attempt, providerId, offerId, from, to, quantity, unit } = referral;
    return new ServiceOrder(
      id,
      0,
      allocationId,
      attempt,
      providerId,
      offerId,
      from,
      to,
      quantity,
      unit,
      gmina ?? null,
      'RECEIVED',
    );
  }

  get isCompleted(): boolean {
    return this.state === 'COMPLETED';
  }

  get awaitsFirstDelivery(): boolean {
    return this.state === 'ACCEPTED';
  }

  received(): DomainEvent<typeof serviceOrderReceivedV1> {
    return event(serviceOrderReceivedV1, this.id, this.referral(), this.gmina ?? undefined);
  }

  accept(): DomainEvent<typeof serviceOrderAcceptedV1> {
    this.moveTo('ACCEPTED');
    return event(serviceOrderAcceptedV1, this.id, this.referral(), this.gmina ?? undefined);
  }

  decline(reasonCode: DeclinationReason): DomainEvent<typeof serviceOrderDeclinedV1> {
    this.moveTo('DECLINED');
    return event(serviceOrderDeclinedV1, this.id, { ...this.referral(), reasonCode }, this.gmina ?? undefined);
  }

  start(startedOn: Day): DomainEvent<typeof serviceOrderStartedV1> {
    this.moveTo('IN_DELIVERY');
    return event(serviceOrderStartedV1, this.id, { ...this.referral(), startedOn }, this.gmina ?? undefined);
  }

  complete(completedOn: Day): DomainEvent<typeof serviceOrderCompletedV1> {
    this.moveTo('COMPLETED');
    return event(serviceOrderCompletedV1, this.id, { ...this.referral(), completedOn }, this.gmina ?? undefined);
  }

  /** May so much have been delivered on that day, when so much has been recorded already? */
  checkDelivery(deliveredOn: Day, quantity: number, recorded: number, today: Day): void {
    if (this.state !== 'ACCEPTED' && this.state !== 'IN_DELIVERY') {
      throw new NotInState('service order', 'delivered', this.state);
    }
    if (deliveredOn > today) throw new DeliveredInFuture();
    if (deliveredOn < this.from || deliveredOn > this.to) throw new DeliveredOutsidePeriod(this.from, this.to);
    if (recorded + quantity > this.quantity) throw new MoreThanOrdered(this.quantity - recorded);
  }

  private moveTo(next: ServiceOrderState): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('service order', next, this.state);
    this.state = next;
  }

  private referral() {
    const { allocationId, providerId, offerId, attempt } = this;
    return { allocationId, providerId, offerId, attempt };
  }
}
