import type { DomainEvent } from '@okienko/contracts/event';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Ending } from '../plans/individual-plan';
import { endPlaces } from '../programmes/places.commands';
import { Allocation } from './allocation';
import type { TerminationReason } from './allocation-states';
import { concludeReferral } from './referring';

/** What an act that ends more than one service does with each. The plan or application is locked; the allocations are, in the order of ids. */
async function endOpen(work: Work, open: readonly { id: string }[], ending: Ending): Promise<void> {
  for (const { id } of open) {
    const allocation = await work.load(Allocation, id);
    const ended = end(allocation, ending);
    concludeReferral(work, allocation, 'WITHDRAWN', ending.endedOn);
    await work.save(allocation, ended);
  }
}

export async function endAllocationsOfPlan(work: Work, planId: string, ending: Ending): Promise<void> {
  const running = `select id from allocation where plan_id = $1 and ${isOpen} order by id`;
  await endOpen(work, await work.query(running, [planId]), ending);
}

/** Services used singly that hang on an application, when the matter ends as a whole: death, moving out. The application is locked. */
export async function endSingleAllocations(work: Work, applicationId: string, ending: Ending): Promise<void> {
  const running = `select id from allocation where application_id = $1 and ${isOpen} order by id`;
  const open = await work.query<{ id: string }>(running, [applicationId]);
  await endOpen(work, open, ending);
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

function end(allocation: Allocation, { reason, endedOn }: Ending): DomainEvent {
  if (reason === 'RESIGNATION') {
    allocation.resign(endedOn);
    return allocation.resigned();
  }
  const reasonCode = terminationBy[reason] ?? (allocation.isTaken ? undefined : 'PLAN_ENDED');
  if (reasonCode) {
    allocation.terminate({ reasonCode, terminatedOn: endedOn });
    return allocation.terminated();
  }
  allocation.complete(endedOn);
  return allocation.completed();
}
