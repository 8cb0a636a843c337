import type { Day } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Ending } from '../plans/plan-acts';
import { endPlaces } from '../programmes/places.commands';
import { Allocation } from './allocation';
import type { TerminationReason } from './allocation-states';
import { concludeReferral } from './referring';

type End = (allocation: Allocation) => DomainEvent;

/** What an act that ends more than one service does with each. The plan or application is locked; the allocations are, in the order of ids. */
async function endOpen(work: Work, open: readonly { id: string }[], endedOn: Day, end: End): Promise<void> {
  for (const { id } of open) {
    const allocation = await work.load(Allocation, id);
    const ended = end(allocation);
    concludeReferral(work, allocation, 'WITHDRAWN', endedOn);
    await work.save(allocation, ended);
  }
}

export async function endAllocationsOfPlan(work: Work, planId: string, ending: Ending): Promise<void> {
  const running = `select id from allocation where plan_id = $1 and ${isOpen} order by id`;
  await endOpen(work, await work.query(running, [planId]), ending.endedOn, (allocation) => endedBy(allocation, ending));
}

/** What an update of the plan drops or changes: a provider who has taken it on is through with it, and nobody else need answer any more. */
export async function endAllocationsOfItems(
  work: Work,
  planId: string,
  itemIds: readonly string[],
  endedOn: Day,
): Promise<void> {
  const running = `select id from allocation where plan_id = $1 and item_id = any ($2::uuid[]) and ${isOpen} order by id`;
  await endOpen(work, await work.query(running, [planId, itemIds]), endedOn, (allocation) =>
    completedOrTerminated(allocation, 'PLAN_CHANGED', endedOn),
  );
}

/** Services used singly that hang on an application, when the matter ends as a whole: death, moving out. The application is locked. */
export async function endSingleAllocations(work: Work, applicationId: string, ending: Ending): Promise<void> {
  const running = `select id from allocation where application_id = $1 and ${isOpen} order by id`;
  const open = await work.query<{ id: string }>(running, [applicationId]);
  await endOpen(work, open, ending.endedOn, (allocation) => endedBy(allocation, ending));
  for (const { id } of open) await endPlaces(work, id);
}

/** Of a service used singly the place ends with it, unless the provider failed: then it waits for another allocation, or a plan. */
export async function endSinglePlace(work: Work, { id, hasEndedSingly, mayBeReplaced }: Allocation): Promise<void> {
  if (!hasEndedSingly) return;
  if (mayBeReplaced) work.send('update service_place set plan_id = null where plan_id = $1', [id]);
  else await endPlaces(work, id);
}

const isOpen = "state in ('ALLOCATED', 'REFERRED', 'ACCEPTED', 'DECLINED', 'IN_DELIVERY', 'SUSPENDED')";

const terminationBy: Partial<Record<Ending['reason'], TerminationReason>> = { DEATH: 'DEATH', LEFT_GMINA: 'MOVED' };

function endedBy(allocation: Allocation, { reason, endedOn }: Ending): DomainEvent {
  if (reason === 'RESIGNATION') {
    allocation.resign(endedOn);
    return allocation.resigned();
  }
  const reasonCode = terminationBy[reason];
  return reasonCode
    ? terminated(allocation, reasonCode, endedOn)
    : completedOrTerminated(allocation, 'PLAN_ENDED', endedOn);
}

function completedOrTerminated(allocation: Allocation, reasonCode: TerminationReason, endedOn: Day): DomainEvent {
  if (!allocation.isTaken) return terminated(allocation, reasonCode, endedOn);
  allocation.complete(endedOn);
  return allocation.completed();
}

function terminated(allocation: Allocation, reasonCode: TerminationReason, terminatedOn: Day): DomainEvent {
  allocation.terminate({ reasonCode, terminatedOn });
  return allocation.terminated();
}
