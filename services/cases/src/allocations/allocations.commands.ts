import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import type { DeliveryAcceptanceWithdrawnV1 } from '@okienko/contracts/providers/delivery-acceptance-withdrawn.v1';
import type { DeliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { Clock } from '@okienko/messaging/clock';
import { NotYet } from '@okienko/messaging/not-yet';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { dropDeadlines } from '../deadlines/deadlines';
import { countUnits, uncountUnits } from '../fees/delivered-units';
import { matterOf } from './matter';
import { concludeReferral } from './referring';

/** What a provider says to a referral. */
export interface Answer {
  readonly orderId: string;
  readonly allocationId: string;
  readonly providerId: string;
  readonly attempt: number;
}

/** The delivery is here before the acceptance of its order; it has to be handed over once more. */
export class AnswerOutstanding extends NotYet {}

@Injectable()
export class AllocationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** An acceptance that comes after the plan's end is completed at once, so that the provider's place is free again. */
  accepted(answer: Answer): Promise<void> {
    return this.work.run(async (work) => {
      const { plan, allocation } = (await matterOf(work, answer.allocationId)) ?? {};
      if (!allocation?.awaits(answer)) return;
      const today = dayOf(this.clock.now());
      allocation.accept(answer.orderId);
      concludeReferral(work, allocation, 'ACCEPTED', today);
      const accepted = allocation.accepted();
      if (!plan || plan.isInForce) return work.save(allocation, accepted);
      allocation.complete(today);
      dropDeadlines(work, allocation.id, 'PROVIDER_REQUEST');
      return work.save(allocation, accepted, allocation.completed());
    });
  }

  declined(answer: Answer, reasonCode: string): Promise<void> {
    return this.work.run(async (work) => {
      const { allocation } = (await matterOf(work, answer.allocationId)) ?? {};
      if (!allocation?.awaits(answer)) return;
      allocation.decline(answer.orderId, reasonCode);
      concludeReferral(work, allocation, 'DECLINED', dayOf(this.clock.now()));
      await work.save(allocation, allocation.declined());
    });
  }

  /** The first delivery starts the service, and the first service activates the plan. */
  delivered(
    deliveryId: string,
    { allocationId, orderId, providerId, deliveredOn, quantity }: DeliveryAcceptedV1,
  ): Promise<void> {
    return this.work.run(async (work) => {
      const { plan, allocation } = (await matterOf(work, allocationId)) ?? {};
      if (!allocation) return;
      if (allocation.mayBeAnsweredBy(providerId))
        throw new AnswerOutstanding('The acceptance of the order has not been handled yet.');
      if (!allocation.isPerformedUnder(orderId)) return;
      const starts = allocation.awaitsStart;
      if (starts) allocation.start(deliveredOn);
      allocation.count(quantity);
      countUnits(work, { deliveryId, itemId: allocation.itemId, deliveredOn, quantity });
      const counted = allocation.unitDelivered(deliveryId, quantity);
      if (!starts) return work.save(allocation, counted);
      await work.save(allocation, allocation.started(), counted);
      if (!plan?.awaitsStart) return;
      plan.activate();
      await work.save(plan, plan.activated(deliveredOn));
    });
  }

  /** The provider's units were accepted in error; counted before, they are not any more. The service has started all the same. */
  withdrawn(deliveryId: string, { allocationId, deliveredOn, quantity }: DeliveryAcceptanceWithdrawnV1): Promise<void> {
    return this.work.run(async (work) => {
      const { allocation } = (await matterOf(work, allocationId)) ?? {};
      if (!allocation || !(await uncountUnits(work, { deliveryId, itemId: allocation.itemId, deliveredOn }))) return;
      allocation.uncount(quantity);
      await work.save(allocation, allocation.unitWithdrawn(deliveryId, quantity));
    });
  }
}
