import type { Work } from '@okienko/messaging/unit-of-work';
import { endAllocationsOfPlan } from '../allocations/allocation-ending';
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
  await endAllocationsOfPlan(work, plan.id, ending);
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
