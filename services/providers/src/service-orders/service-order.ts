import type { Day } from '@okienko/contracts/calendar';
import type { AllocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import type { AllocationReferredV2 } from '@okienko/contracts/cases/allocation-referred.v2';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { type OrderRequest, overtaken } from '@okienko/contracts/order-request';
import { serviceOrderAcceptedV1 } from '@okienko/contracts/providers/service-order-accepted.v1';
import { serviceOrderCancelledV1 } from '@okienko/contracts/providers/service-order-cancelled.v1';
import { serviceOrderCompletedV1 } from '@okienko/contracts/providers/service-order-completed.v1';
import { serviceOrderDeclinedV1 } from '@okienko/contracts/providers/service-order-declined.v1';
import { serviceOrderReceivedV1 } from '@okienko/contracts/providers/service-order-received.v1';
import { serviceOrderResumedV1 } from '@okienko/contracts/providers/service-order-resumed.v1';
import { serviceOrderStartedV1 } from '@okienko/contracts/providers/service-order-started.v1';
import { serviceOrderSuspendedV1 } from '@okienko/contracts/providers/service-order-suspended.v1';
import type { AnswerToken } from './answer-token';
import { DeliveredInFuture, DeliveredInPause, DeliveredOutsidePeriod, MoreThanOrdered } from './delivery-rules';
import { OrderCorrespondence } from './order-correspondence';

export const serviceOrderStates = [
  'RECEIVED',
  'ACCEPTED',
  'DECLINED',
  'IN_DELIVERY',
  'SUSPENDED',
  'COMPLETED',
  'CANCELLED',
] as const;
export type ServiceOrderState = (typeof serviceOrderStates)[number];

/** CANCELLED: the centre has taken the order back, because nobody answered in time or the service ended before its time. */
const transitions: Record<ServiceOrderState, readonly ServiceOrderState[]> = {
  RECEIVED: ['ACCEPTED', 'DECLINED', 'CANCELLED'],
  ACCEPTED: ['IN_DELIVERY', 'COMPLETED', 'CANCELLED'],
  IN_DELIVERY: ['SUSPENDED', 'COMPLETED', 'CANCELLED'],
  SUSPENDED: ['IN_DELIVERY', 'COMPLETED', 'CANCELLED'],
  DECLINED: [],
  COMPLETED: [],
  CANCELLED: [],
};

export type Referral = AllocationReferredV1 | AllocationReferredV2;

export const declinationReasons = [
  'NO_CAPACITY',
  'OUT_OF_AREA',
  'NO_QUALIFIED_STAFF',
  'TERM_TOO_SHORT',
  'CONDITIONS_UNMET',
  'NOT_IN_AGREEMENT',
  'CONFLICT_OF_INTEREST',
  'OTHER',
] as const;
/** A provider gives one of its reasons; the last two are given in the name of one that is not registered, or no longer active. */
export type DeclinationReason = (typeof declinationReasons)[number] | 'UNKNOWN_PROVIDER' | 'PROVIDER_DEACTIVATED';

export class AnotherOrderInWork extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'another-order-in-work';
  constructor() {
    super('The service is performed under another order already. Read this one again.');
  }
}

/** An allocation referred to a provider: what it is asked to deliver, when and how much. Who is served, it asks `cases`. */
export class ServiceOrder extends OrderCorrespondence {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly allocationId: string,
    readonly attempt: number,
    readonly providerId: string,
    readonly offerId: string,
    public from: Day,
    public to: Day,
    public quantity: number,
    readonly unit: AllocationReferredV1['unit'],
    readonly gmina: string | null,
    protected state: ServiceOrderState,
    /** The last day for an answer. */
    public answerBy: Day | null,
    /** The first day of a pause. */
    private suspendedFrom: Day | null,
    public cancelReason: string | null,
    /** The last day that was set for the answer before the provider put it off. */
    public firstAnswerBy: Day | null,
    public remindedOn: Day | null,
    public scheduleCode: string | null,
    public placeId: string | null,
    public requests: readonly OrderRequest[],
    public answerToken: AnswerToken | null,
    readonly receivedAt: Date | null,
    /** When the provider has accepted or declined; never where that was done in its name. */
    public answeredAt: Date | null,
  ) {
    super();
  }

  static receive(
    id: string,
    allocationId: string,
    referral: Referral,
    gmina?: string,
    receivedAt: Date | null = null,
  ): ServiceOrder {
    const { attempt, providerId, offerId, from, to, quantity, unit, answerBy } = referral;
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
      answerBy ?? null,
      null,
      null,
      answerBy ?? null,
      null,
      null,
      null,
      [],
      null,
      receivedAt,
      null,
    );
  }

  /** Nothing can happen to it any more. */
  get isOver(): boolean {
    return transitions[this.state].length === 0;
  }

  get holdsPlace(): boolean {
    return this.state === 'ACCEPTED' || this.state === 'IN_DELIVERY' || this.state === 'SUSPENDED';
  }

  get isInDelivery(): boolean {
    return this.state === 'IN_DELIVERY';
  }

  get isPaused(): boolean {
    return this.state === 'SUSPENDED';
  }

  get awaitsFirstDelivery(): boolean {
    return this.state === 'ACCEPTED';
  }

  received(): DomainEvent<typeof serviceOrderReceivedV1> {
    return event(serviceOrderReceivedV1, this.id, this.referral(), this.gmina ?? undefined);
  }

  accept(answeredAt: Date | null = null): DomainEvent<typeof serviceOrderAcceptedV1> {
    this.moveTo('ACCEPTED');
    this.answeredAt = answeredAt;
    return event(serviceOrderAcceptedV1, this.id, this.referral(), this.gmina ?? undefined);
  }

  decline(reasonCode: DeclinationReason, answeredAt: Date | null = null): DomainEvent<typeof serviceOrderDeclinedV1> {
    this.moveTo('DECLINED');
    this.answeredAt = answeredAt;
    return event(serviceOrderDeclinedV1, this.id, { ...this.referral(), reasonCode }, this.gmina ?? undefined);
  }

  start(startedOn: Day): DomainEvent<typeof serviceOrderStartedV1> {
    if (!this.awaitsFirstDelivery) throw new NotInState('service order', 'started', this.state);
    this.moveTo('IN_DELIVERY');
    return event(serviceOrderStartedV1, this.id, { ...this.referral(), startedOn }, this.gmina ?? undefined);
  }

  complete(completedOn: Day): DomainEvent<typeof serviceOrderCompletedV1> {
    this.moveTo('COMPLETED');
    return event(serviceOrderCompletedV1, this.id, { ...this.referral(), completedOn }, this.gmina ?? undefined);
  }

  suspend(from: Day, until?: Day): DomainEvent<typeof serviceOrderSuspendedV1> {
    this.moveTo('SUSPENDED');
    this.suspendedFrom = from;
    const pause = { from, ...(until === undefined ? {} : { until }) };
    return event(serviceOrderSuspendedV1, this.id, { ...this.referral(), ...pause }, this.gmina ?? undefined);
  }

  resume(resumedOn: Day): DomainEvent<typeof serviceOrderResumedV1> {
    if (!this.isPaused) throw new NotInState('service order', 'resumed', this.state);
    this.moveTo('IN_DELIVERY');
    this.suspendedFrom = null;
    return event(serviceOrderResumedV1, this.id, { ...this.referral(), resumedOn }, this.gmina ?? undefined);
  }

  cancel(cancelledOn: Day, reasonCode: string): DomainEvent<typeof serviceOrderCancelledV1> {
    this.moveTo('CANCELLED');
    this.cancelReason = reasonCode;
    const data = { ...this.referral(), cancelledOn, reasonCode };
    return event(serviceOrderCancelledV1, this.id, data, this.gmina ?? undefined);
  }

  /** May so much have been delivered on that day, when so much has been recorded already? */
  checkDelivery(deliveredOn: Day, quantity: number, recorded: number, today: Day): void {
    if (!this.holdsPlace) throw new NotInState('service order', 'delivered', this.state);
    this.checkVisit(deliveredOn, quantity, recorded, today);
  }

  /** The same of what was recorded while the order ran and is corrected, maybe after its end. */
  checkVisit(deliveredOn: Day, quantity: number, recorded: number, today: Day): void {
    if (deliveredOn > today) throw new DeliveredInFuture();
    if (deliveredOn < this.from || deliveredOn > this.to) throw new DeliveredOutsidePeriod(this.from, this.to);
    if (this.suspendedFrom !== null && deliveredOn >= this.suspendedFrom)
      throw new DeliveredInPause(this.suspendedFrom);
    if (recorded + quantity > this.quantity) throw new MoreThanOrdered(this.quantity - recorded);
  }

  private moveTo(next: ServiceOrderState): void {
    if (!transitions[this.state].includes(next)) throw new NotInState('service order', next, this.state);
    this.state = next;
    if (this.isOver) this.requests = overtaken(this.requests);
  }
}
