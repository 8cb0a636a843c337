import { type AllocationCompletedV1, allocationCompletedV1 } from '@okienko/contracts/cases/allocation-completed.v1';
import { type AllocationReferredV1, allocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { On } from '@okienko/messaging/on';
import { Controller } from '@nestjs/common';
import { ServiceOrderCommands } from './service-orders.commands';

/** What `cases` decides about allocations. Each step can be repeated. */
@Controller()
export class ServiceOrderConsumer {
  constructor(private readonly orders: ServiceOrderCommands) {}

  @On(allocationReferredV1)
  referred({ subject, data, gmina }: CloudEvent<AllocationReferredV1>): Promise<void> {
    return this.orders.receive(subject, data, gmina);
  }

  @On(allocationCompletedV1)
  completed({ data }: CloudEvent<AllocationCompletedV1>): Promise<void> {
    return this.orders.complete(data.orderId, data.completedOn);
  }
}
