import { Controller } from '@nestjs/common';
import type { CloudEvent } from '@okienko/contracts/event';
import {
  deliveryAcceptanceWithdrawnV1,
  type DeliveryAcceptanceWithdrawnV1,
} from '@okienko/contracts/providers/delivery-acceptance-withdrawn.v1';
import { deliveryAcceptedV1, type DeliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import {
  serviceOrderAcceptedV1,
  type ServiceOrderAcceptedV1,
} from '@okienko/contracts/providers/service-order-accepted.v1';
import {
  serviceOrderDeclinedV1,
  type ServiceOrderDeclinedV1,
} from '@okienko/contracts/providers/service-order-declined.v1';
import { On } from '@okienko/messaging/on';
import { AllocationCommands } from './allocations.commands';

/** What providers answer and deliver. */
@Controller()
export class AllocationConsumer {
  constructor(private readonly allocations: AllocationCommands) {}

  @On(serviceOrderAcceptedV1)
  accepted({ subject, data }: CloudEvent<ServiceOrderAcceptedV1>): Promise<void> {
    return this.allocations.accepted({ ...data, orderId: subject });
  }

  @On(serviceOrderDeclinedV1)
  declined({ subject, data }: CloudEvent<ServiceOrderDeclinedV1>): Promise<void> {
    return this.allocations.declined({ ...data, orderId: subject }, data.reasonCode);
  }

  @On(deliveryAcceptedV1)
  delivered({ subject, data }: CloudEvent<DeliveryAcceptedV1>): Promise<void> {
    return this.allocations.delivered(subject, data);
  }

  @On(deliveryAcceptanceWithdrawnV1)
  acceptanceWithdrawn({ subject, data }: CloudEvent<DeliveryAcceptanceWithdrawnV1>): Promise<void> {
    return this.allocations.withdrawn(subject, data);
  }
}
