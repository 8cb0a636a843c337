import type { Day } from '@okienko/contracts/calendar';
import { applicationAppealedV1 } from '@okienko/contracts/cases/application-appealed.v1';
import { applicationDecisionDemandedV1 } from '@okienko/contracts/cases/application-decision-demanded.v1';
import { applicationPartRefusedV1 } from '@okienko/contracts/cases/application-part-refused.v1';
import { applicationReopenedV1 } from '@okienko/contracts/cases/application-reopened.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Application } from './application';
import type { ApplicationItem } from './application-item';

export class NothingLeftToDecide extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'nothing-left-to-decide';
  override readonly basis = 'art. 42(3)';
  constructor() {
    super('Only of what was granted in part is the rest still to be granted or refused, once. Here nothing is left.');
  }
}

/** Units that were asked for and neither granted nor refused: part of a request is refused by a decision too. */
export function undecidedRest({ state, quantity = 0, notice, decisionId }: ApplicationItem): number {
  return state === 'QUALIFIED' && decisionId === undefined ? quantity - (notice?.quantity ?? quantity) : 0;
}

/** Whether the centre owes a qualification or a decision. Who waits on a list and demands none is not owed any yet. */
export function isUndecided(item: ApplicationItem): boolean {
  if (item.state === 'WAITLISTED') return item.decisionDemandedOn !== undefined;
  return item.state === 'SUBMITTED' || item.state === 'INCOMPLETE' || undecidedRest(item) > 0;
}

/** Waiting is voluntary: whoever waits may ask to be refused by a decision instead, and appeal against it. */
export function demandDecision(
  application: Application,
  itemId: string,
  demandedOn: Day,
): DomainEvent<typeof applicationDecisionDemandedV1> {
  const { state, decisionDemandedOn } = application.item(itemId);
  if (state !== 'WAITLISTED') throw new NotInState('item', 'decided on demand', state);
  application.note(itemId, { decisionDemandedOn: decisionDemandedOn ?? demandedOn });
  const data = { ...application.told(itemId), demandedOn };
  return event(applicationDecisionDemandedV1, application.id, data, application.terc);
}

/** What was granted in part stays granted; the decision refuses the rest. */
export function refuseRest(
  application: Application,
  itemId: string,
  decisionId: string,
): DomainEvent<typeof applicationPartRefusedV1> {
  assertUndecidedRest(application, itemId);
  application.note(itemId, { decisionId });
  return event(applicationPartRefusedV1, application.id, { ...application.told(itemId), decisionId }, application.terc);
}

/** The rest is granted after all. */
export function grantRest(application: Application, itemId: string): void {
  const rest = assertUndecidedRest(application, itemId);
  const { notice } = application.item(itemId);
  if (notice) application.note(itemId, { notice: { ...notice, quantity: (notice.quantity ?? 0) + rest } });
}

export function appeal(
  application: Application,
  itemId: string,
  decisionId: string,
): DomainEvent<typeof applicationAppealedV1> {
  application.move(itemId, 'APPEALED');
  return event(applicationAppealedV1, application.id, { ...application.told(itemId), decisionId }, application.terc);
}

/** The decision is gone: the item, or the rest of what was granted in part, is to be decided anew. */
export function reopen(application: Application, itemId: string): DomainEvent<typeof applicationReopenedV1> {
  if (application.item(itemId).state !== 'QUALIFIED') application.move(itemId, 'SUBMITTED');
  application.strike(itemId, 'decisionId', 'decisionDemandedOn');
  return event(applicationReopenedV1, application.id, application.told(itemId), application.terc);
}

function assertUndecidedRest(application: Application, itemId: string): number {
  const rest = undecidedRest(application.item(itemId));
  if (rest <= 0) throw new NothingLeftToDecide();
  return rest;
}
