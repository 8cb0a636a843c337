import type { Work } from '@okienko/messaging/unit-of-work';
import { Allocation } from '../allocations/allocation';
import { dropDeadlines, meetDeadline } from '../deadlines/deadlines';
import { endPlaces } from '../programmes/places.commands';
import type { IndividualPlan } from './individual-plan';
import type { Abandonment, Ending } from './plan-acts';
import { startPlanClock } from './plan-clocks';

/** Ends a plan with all that hangs on it. The plan is locked; its allocations are locked here, in the order of their ids. */
export async function endPlan(work: Work, plan: IndividualPlan, ending: Ending): Promise<void> {
  if (plan.openUpdate) await abandonDraft(work, plan, { reasonCode: 'PLAN_ENDED', abandonedOn: ending.endedOn });
  plan.end(ending);
  await work.save(plan, plan.ended(ending));
  for (const { id } of await openAllocations(work, plan.id)) {
    const allocation = await work.load(Allocation, id);
    allocation.complete(ending.endedOn);
    await work.save(allocation, allocation.completed());
  }
  await endPlaces(work, plan.id);
  meetDeadline(work, 'PLAN_END', plan.id);
  dropDeadlines(work, plan.id);
  startPlanClock(work, plan, 'CLOSING_TALK', ending.endedOn);
}

/** Gives up what is being drafted: the plan itself or, of one in force, its update. The plan is locked. */
export async function abandonDraft(work: Work, plan: IndividualPlan, abandonment: Abandonment): Promise<void> {
  await work.save(plan, plan.abandon(abandonment));
  dropDeadlines(work, plan.id, 'PLAN_APPROVAL');
}

const openAllocations = ({ query }: Work, planId: string): Promise<{ id: string }[]> =>
  query("select id from allocation where plan_id = $1 and state in ('ACCEPTED', 'IN_DELIVERY') order by id", [planId]);
