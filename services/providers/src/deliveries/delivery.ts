import type { Day } from '@okienko/contracts/calendar';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { deliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { deliveryRecordedV1 } from '@okienko/contracts/providers/delivery-recorded.v1';
import type { ServiceOrder } from '../service-orders/service-order';

export class DeliveryIdTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'delivery-id-taken';
  constructor() {
    super('A delivery with this id and other content is recorded already. Make a fresh id for another delivery.');
  }
}

export class ProviderCannotAcceptDelivery extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'provider-cannot-accept-delivery';
  constructor() {
    super('The centre accepts deliveries; a provider account never does, whatever other role it holds.');
  }
}

export interface Delivered {
  readonly deliveredOn: Day;
  /** In the unit of the order. */
  readonly quantity: number;
}

/** Care given to a person on a day, as the provider records it and the centre accepts it. */
export class Delivery {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly orderId: string,
    readonly allocationId: string,
    readonly providerId: string,
    readonly deliveredOn: Day,
    readonly quantity: number,
    readonly unit: ServiceOrder['unit'],
    readonly gmina: string | null,
    private state: 'RECORDED' | 'ACCEPTED',
    /** Account of the member of staff who accepted it. */
    public acceptedBy: string | null,
  ) {}

  static record(id: string, order: ServiceOrder, { deliveredOn, quantity }: Delivered): Delivery {
    const { allocationId, providerId, unit, gmina } = order;
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
      'RECORDED',
      null,
    );
  }

  recorded(): DomainEvent<typeof deliveryRecordedV1> {
    return event(deliveryRecordedV1, this.id, this.facts(), this.gmina ?? undefined);
  }

  accept(by: string): DomainEvent<typeof deliveryAcceptedV1> {
    if (this.state !== 'RECORDED') throw new NotInState('delivery', 'accepted', this.state);
    this.state = 'ACCEPTED';
    this.acceptedBy = by;
    return event(deliveryAcceptedV1, this.id, this.facts(), this.gmina ?? undefined);
  }

  private facts() {
    const { orderId, allocationId, providerId, deliveredOn, quantity, unit } = this;
    return { orderId, allocationId, providerId, deliveredOn, quantity, unit };
  }
}
