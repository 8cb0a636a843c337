import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { loadVisible, lookAtVisible } from '../access/load-visible';
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
  const [root] = await work.query<Root>(`${selectRoot} where id = $1`, [id]);
  return root && locked(work, id, root);
}

const selectRoot = 'select plan_id as "planId", application_id as "applicationId" from allocation';

async function locked(work: Work, id: string, found: Root): Promise<Matter> {
  return found.planId === null
    ? single(await work.load(Application, found.applicationId), await work.load(Allocation, id))
    : planned(await work.load(IndividualPlan, found.planId), await work.load(Allocation, id));
}

/** The same for somebody who asks, and must see it. */
export async function visibleMatter(work: Work, id: string, caller: Principal, version: number): Promise<Matter> {
  const root = await lookAtVisible<Root>(work, selectRoot, id, caller);
  if (!root) throw new NotFound('allocation');
  const matter = await locked(work, id, root);
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
