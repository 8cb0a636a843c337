import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import type { DeliveryAcceptedV1 } from '@okienko/contracts/providers/delivery-accepted.v1';
import { Clock } from '@okienko/messaging/clock';
import { NotYet } from '@okienko/messaging/not-yet';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { assertOffered } from '../capacities/capacities.queries';
import { countUnits } from '../fees/delivered-units';
import { IndividualPlan } from '../plans/individual-plan';
import { Allocation, PlanNotInForce } from './allocation';

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
    private readonly personalData: PersonalData,
  ) {}

  referAgain(id: string, expectedVersion: number, providerId: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const { plan } = (await withPlan(work, id)) ?? {};
      const allocation = await loadVisible(work, Allocation, id, access.caller, expectedVersion);
      allocation.refer(providerId);
      if (!plan?.isInForce) throw new PlanNotInForce();
      await assertOffered(work, [{ providerId, offerId: allocation.offerId }]);
      await work.save(allocation, allocation.referred());
      const { version, personId } = allocation;
      const touched = { personId, fieldGroups: ['PLAN'], caseRef: plan.applicationId };
      await this.personalData.record(work, 'WRITE', access, touched);
      return { id, version };
    });
  }

  /** An acceptance that comes after the plan's end is completed at once, so that the provider's place is free again. */
  accepted(answer: Answer): Promise<void> {
    return this.work.run(async (work) => {
      const { plan, allocation } = (await withPlan(work, answer.allocationId)) ?? {};
      if (!plan || !allocation?.awaits(answer)) return;
      allocation.accept(answer.orderId);
      const accepted = allocation.accepted();
      if (plan.isInForce) return work.save(allocation, accepted);
      allocation.complete(dayOf(this.clock.now()));
      return work.save(allocation, accepted, allocation.completed());
    });
  }

  declined(answer: Answer, reasonCode: string): Promise<void> {
    return this.work.run(async (work) => {
      const { allocation } = (await withPlan(work, answer.allocationId)) ?? {};
      if (!allocation?.awaits(answer)) return;
      allocation.decline(answer.orderId, reasonCode);
      await work.save(allocation, allocation.declined());
    });
  }

  /** The first delivery starts the service, and the first service activates the plan. */
  delivered(
    deliveryId: string,
    { allocationId, orderId, providerId, deliveredOn, quantity }: DeliveryAcceptedV1,
  ): Promise<void> {
    return this.work.run(async (work) => {
      const { plan, allocation } = (await withPlan(work, allocationId)) ?? {};
      if (!plan || !allocation) return;
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
      if (!plan.awaitsStart) return;
      plan.activate();
      await work.save(plan, plan.activated(deliveredOn));
    });
  }
}

/** The plan is locked first, as everywhere. */
async function withPlan(work: Work, id: string): Promise<{ plan: IndividualPlan; allocation: Allocation } | undefined> {
  const [found] = await work.query<{ planId: string }>('select plan_id as "planId" from allocation where id = $1', [
    id,
  ]);
  if (!found) return undefined;
  const plan = await work.load(IndividualPlan, found.planId);
  return { plan, allocation: await work.load(Allocation, id) };
}
