import { addDays, type Day } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import type { OrderRequest } from '@okienko/contracts/order-request';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { meetDeadline, startDeadline } from '../deadlines/deadlines';
import { clockFrom } from '../terms/clocks';
import { Allocation } from './allocation';
import { endSinglePlace } from './allocation-ending';
import type { Matter } from './matter';
import { concludeReferral } from './referring';

/**
 * What follows from an answered request. An agreed change holds from now on, unless it has become impossible since the provider agreed to it.
 * An agreed end takes nothing from the person: what is left of a service in a plan waits for another provider, and a place used singly is kept.
 */
export async function settle(
  work: Work,
  matter: Matter,
  { kind, state, terms }: OrderRequest,
  answered: DomainEvent,
  today: Day,
): Promise<string | undefined> {
  const { allocation } = matter;
  const isAgreed = state === 'AGREED';
  if (isAgreed && kind === 'END') return endByAgreement(work, matter, answered, today);
  const changes = isAgreed && terms !== undefined && allocation.mayChangeTo(terms);
  await work.save(allocation, answered, ...(changes ? [allocation.change(terms)] : []));
  keepRequestClock(work, matter);
  return undefined;
}

async function endByAgreement(
  work: Work,
  { allocation, plan }: Matter,
  answered: DomainEvent,
  today: Day,
): Promise<string | undefined> {
  allocation.terminate({ reasonCode: 'PROVIDER_CHANGED', terminatedOn: today });
  concludeReferral(work, allocation, 'WITHDRAWN', today);
  await work.save(allocation, answered, allocation.terminated());
  await endSinglePlace(work, allocation);
  const item = plan?.items.find(({ itemId }) => itemId === allocation.itemId);
  const from = addDays(today, 1);
  if (!plan?.isInForce || !item || allocation.left === 0 || from > plan.periodTo) return undefined;
  const rest = Allocation.create(uuidv7(), plan, { ...item, quantity: allocation.left }, from);
  await work.save(rest, rest.created());
  return rest.id;
}

/** The clock of what presses most. With `raised` it is left alone unless that is what presses, so that nothing is told twice. */
export function keepRequestClock(work: Work, { allocation, applicationId, assignee }: Matter, raised?: string): void {
  const { id: subjectId, personId, unit, terc, pressing } = allocation;
  if (!pressing) return meetDeadline(work, 'PROVIDER_REQUEST', subjectId);
  if (raised !== undefined && pressing.id !== raised) return;
  const awaited = pressing.raisedBy === 'PROVIDER' ? 'CENTRE' : 'PROVIDER';
  const matter = { subjectId, applicationId, personId, unit, terc, assignee };
  startDeadline(work, {
    kind: 'PROVIDER_REQUEST',
    awaited,
    ...matter,
    ...clockFrom('PROVIDER_REQUEST', pressing.raisedOn),
  });
}
