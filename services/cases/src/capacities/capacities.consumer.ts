import { Controller } from '@nestjs/common';
import type { CloudEvent } from '@okienko/contracts/event';
import { capacityChangedV1, type CapacityChangedV1 } from '@okienko/contracts/providers/capacity-changed.v1';
import { capacityClosedV1, type CapacityClosedV1 } from '@okienko/contracts/providers/capacity-closed.v1';
import { capacityOpenedV1, type CapacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { capacityRecountedV1, type CapacityRecountedV1 } from '@okienko/contracts/providers/capacity-recounted.v1';
import { capacityReleasedV1, type CapacityReleasedV1 } from '@okienko/contracts/providers/capacity-released.v1';
import { capacityReservedV1, type CapacityReservedV1 } from '@okienko/contracts/providers/capacity-reserved.v1';
import { On } from '@okienko/messaging/on';
import { CapacityCommands } from './capacities.commands';

@Controller()
export class CapacityConsumer {
  constructor(private readonly capacities: CapacityCommands) {}

  @On(capacityOpenedV1)
  opened({ subject, data }: CloudEvent<CapacityOpenedV1>): Promise<void> {
    return this.capacities.know(subject, data);
  }

  @On(capacityChangedV1)
  changed({ subject, data }: CloudEvent<CapacityChangedV1>): Promise<void> {
    return this.capacities.know(subject, data);
  }

  /** None of its places is offered any more. */
  @On(capacityClosedV1)
  closed({ subject, data }: CloudEvent<CapacityClosedV1>): Promise<void> {
    return this.capacities.know(subject, data);
  }

  @On(capacityRecountedV1)
  recounted({ subject, data }: CloudEvent<CapacityRecountedV1>): Promise<void> {
    return this.capacities.know(subject, data);
  }

  @On(capacityReservedV1)
  reserved({ subject, data }: CloudEvent<CapacityReservedV1>): Promise<void> {
    return this.capacities.know(subject, data);
  }

  @On(capacityReleasedV1)
  released({ subject, data }: CloudEvent<CapacityReleasedV1>): Promise<void> {
    return this.capacities.know(subject, data);
  }
}
