import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { Allocation } from '../allocations/allocation';
import type { IndividualPlan } from './individual-plan';
import type { PlanItem } from './plan-content';

/** Refers services of the plan, from that day on, to who is to perform them. */
export async function allocate(
  work: Work,
  plan: IndividualPlan,
  items: readonly PlanItem[],
  from: Day,
): Promise<{ id: string; itemId: string }[]> {
  const made = [];
  for (const item of items) {
    const allocation = Allocation.create(uuidv7(), plan, item, from);
    allocation.refer(item.providerId);
    await work.save(allocation, allocation.created(), allocation.referred());
    made.push({ id: allocation.id, itemId: item.itemId });
  }
  return made;
}

/**
 * Ends what an update drops or changes: a provider who has taken it on is through with it, and nobody else need answer any more. The
 * plan is locked; its allocations are locked here, in the order of their ids.
 */
export async function endServices(work: Work, planId: string, items: readonly PlanItem[], endedOn: Day): Promise<void> {
  const open = await work.query<{ id: string }>(
    `select id from allocation where plan_id = $1 and item_id = any ($2::uuid[])
       and state not in ('COMPLETED', 'RESIGNED', 'TERMINATED') order by id`,
    [planId, items.map(({ itemId }) => itemId)],
  );
  for (const { id } of open) {
    const allocation = await work.load(Allocation, id);
    if (allocation.isTaken) {
      allocation.complete(endedOn);
      await work.save(allocation, allocation.completed());
    } else {
      allocation.terminate({ reasonCode: 'PLAN_CHANGED', terminatedOn: endedOn });
      await work.save(allocation, allocation.terminated());
    }
  }
}
