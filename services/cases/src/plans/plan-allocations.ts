import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { Allocation } from '../allocations/allocation';
import { refer } from '../allocations/referring';
import type { IndividualPlan } from './individual-plan';
import type { PlanItem } from './plan-content';

/** Refers services of the plan, from that day on, to who is to perform them. */
export async function allocate(
  work: Work,
  plan: IndividualPlan,
  items: readonly PlanItem[],
  from: Day,
  today: Day,
): Promise<{ id: string; itemId: string }[]> {
  const matter = { applicationId: plan.applicationId, assignee: plan.coordinatedBy };
  const made = [];
  for (const item of items) {
    const allocation = Allocation.create(uuidv7(), plan, item, from);
    const referral = { providerId: item.providerId, chosenBy: 'PLAN', ...matter } as const;
    await refer(work, allocation, referral, today, [allocation.created()]);
    made.push({ id: allocation.id, itemId: item.itemId });
  }
  return made;
}
