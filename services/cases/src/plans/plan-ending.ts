import type { Work } from '@okienko/messaging/unit-of-work';
import { endAllocationsOfPlan } from '../allocations/allocation-ending';
import { endPlaces } from '../programmes/places.commands';
import type { Ending, IndividualPlan } from './individual-plan';

/** Ends a plan with all that hangs on it. The plan is locked; its allocations are locked here, in the order of their ids. */
export async function endPlan(work: Work, plan: IndividualPlan, ending: Ending): Promise<void> {
  plan.end(ending);
  await work.save(plan, plan.ended(ending));
  await endAllocationsOfPlan(work, plan.id, ending);
  await endPlaces(work, plan.id);
}
