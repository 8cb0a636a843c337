import type { Work } from '@okienko/messaging/unit-of-work';
import { Allocation } from '../allocations/allocation';
import { endPlaces } from '../programmes/places.commands';
import type { Ending, IndividualPlan } from './individual-plan';

/** Ends a plan with all that hangs on it. The plan is locked; its allocations are locked here, in the order of their ids. */
export async function endPlan(work: Work, plan: IndividualPlan, ending: Ending): Promise<void> {
  plan.end(ending);
  await work.save(plan, plan.ended(ending));
  for (const { id } of await openAllocations(work, plan.id)) {
    const allocation = await work.load(Allocation, id);
    allocation.complete(ending.endedOn);
    await work.save(allocation, allocation.completed());
  }
  await endPlaces(work, plan.id);
}

const openAllocations = ({ query }: Work, planId: string): Promise<{ id: string }[]> =>
  query("select id from allocation where plan_id = $1 and state in ('ACCEPTED', 'IN_DELIVERY') order by id", [planId]);
