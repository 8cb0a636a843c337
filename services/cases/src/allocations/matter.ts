import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { Application } from '../applications/application';
import { IndividualPlan } from '../plans/individual-plan';
import { Allocation } from './allocation';
import { NoLongerGranted, PlanNotInForce } from './allocation-errors';

/** An allocation with what it hangs on: the plan, or, of a service used singly, the application. */
export interface Matter {
  readonly allocation: Allocation;
  readonly plan?: IndividualPlan;
  readonly applicationId: string;
  /** Account that sees to it. */
  readonly assignee: string | null;
  /** Its services may be referred. */
  readonly isInForce: boolean;
}

type Root = { planId: string } | { planId: null; applicationId: string };

/** What it hangs on is locked first, as everywhere. */
export async function matterOf(work: Work, id: string): Promise<Matter | undefined> {
  const [found] = await work.query<Root>(
    'select plan_id as "planId", application_id as "applicationId" from allocation where id = $1',
    [id],
  );
  if (!found) return undefined;
  return found.planId === null
    ? single(await work.load(Application, found.applicationId), await work.load(Allocation, id))
    : planned(await work.load(IndividualPlan, found.planId), await work.load(Allocation, id));
}

/** The same for somebody who asks, and must see it. */
export async function visibleMatter(work: Work, id: string, caller: Principal, version: number): Promise<Matter> {
  const matter = await matterOf(work, id);
  if (!matter) throw new NotFound('allocation');
  await loadVisible(work, Allocation, id, caller, version);
  return matter;
}

export function assertInForce({ plan, isInForce }: Matter): void {
  if (isInForce) return;
  throw plan ? new PlanNotInForce() : new NoLongerGranted();
}

const planned = (plan: IndividualPlan, allocation: Allocation): Matter => ({
  allocation,
  plan,
  applicationId: plan.applicationId,
  assignee: plan.coordinatedBy,
  isInForce: plan.isInForce,
});

const single = (application: Application, allocation: Allocation): Matter => ({
  allocation,
  applicationId: application.id,
  assignee: application.coordinator,
  isInForce: application.isQualified(allocation.itemId),
});
