import { type AllocationCompletedV1, allocationCompletedV1 } from '@okienko/contracts/cases/allocation-completed.v1';
import { type AllocationCompletedV2, allocationCompletedV2 } from '@okienko/contracts/cases/allocation-completed.v2';
import {
  type AllocationReferralLapsedV1,
  allocationReferralLapsedV1,
} from '@okienko/contracts/cases/allocation-referral-lapsed.v1';
import { allocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { allocationReferredV2 } from '@okienko/contracts/cases/allocation-referred.v2';
import { type AllocationResignedV1, allocationResignedV1 } from '@okienko/contracts/cases/allocation-resigned.v1';
import { type AllocationResumedV1, allocationResumedV1 } from '@okienko/contracts/cases/allocation-resumed.v1';
import { type AllocationSuspendedV1, allocationSuspendedV1 } from '@okienko/contracts/cases/allocation-suspended.v1';
import { type AllocationTerminatedV1, allocationTerminatedV1 } from '@okienko/contracts/cases/allocation-terminated.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { On } from '@okienko/messaging/on';
import { Controller } from '@nestjs/common';
import type { Referral } from './service-order';
import { type Attempt, ServiceOrderCommands } from './service-orders.commands';

/** What `cases` decides about allocations. Each step can be repeated. */
@Controller()
export class ServiceOrderConsumer {
  constructor(private readonly orders: ServiceOrderCommands) {}

  @On(allocationReferredV1, allocationReferredV2)
  referred({ subject, data, gmina }: CloudEvent<Referral>): Promise<void> {
    return this.orders.receive(subject, data, gmina);
  }

  @On(allocationCompletedV1, allocationCompletedV2)
  completed({ data }: CloudEvent<AllocationCompletedV1 | AllocationCompletedV2>): Promise<void> {
    return this.orders.complete(data.orderId, data.completedOn);
  }

  @On(allocationSuspendedV1)
  suspended({ subject, data }: CloudEvent<AllocationSuspendedV1>): Promise<void> {
    return this.orders.suspend(attemptOf(subject, data), data.from, data.until);
  }

  @On(allocationResumedV1)
  resumed({ subject, data }: CloudEvent<AllocationResumedV1>): Promise<void> {
    return this.orders.resume(attemptOf(subject, data), data.resumedOn);
  }

  @On(allocationReferralLapsedV1)
  lapsed({ subject, data }: CloudEvent<AllocationReferralLapsedV1>): Promise<void> {
    return this.orders.cancel(attemptOf(subject, data), data.lapsedOn, 'NO_ANSWER');
  }

  @On(allocationResignedV1)
  resigned({ subject, data }: CloudEvent<AllocationResignedV1>): Promise<void> {
    return this.orders.cancel(attemptOf(subject, data), data.resignedOn, 'RESIGNED');
  }

  @On(allocationTerminatedV1)
  terminated({ subject, data }: CloudEvent<AllocationTerminatedV1>): Promise<void> {
    return this.orders.cancel(attemptOf(subject, data), data.terminatedOn, data.reasonCode);
  }
}

export const attemptOf = (allocationId: string, { attempt }: { readonly attempt: number }): Attempt => ({
  allocationId,
  attempt,
});
