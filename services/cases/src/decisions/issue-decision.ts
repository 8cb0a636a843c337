import type { Day } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import type { Access, PersonalData } from '../access/personal-data';
import type { Application } from '../applications/application';
import { refuseRest } from '../applications/decided-item';
import { Authorisation } from '../authorisations/authorisation';
import { clockOn } from '../terms/clocks';
import { Decision, type DecisionKind, DecisionNumberUsed } from './decision';
import type { RefuseItem } from './decisions.dto';

/** Nobody decides without an authorisation of their own that is valid at that moment (art. 26). */
export async function assertMayDecide(
  work: Work,
  authorisationId: string,
  { caller }: Access,
  today: Day,
): Promise<void> {
  const authorisation = await work.load(Authorisation, authorisationId);
  authorisation.assertCovers('ISSUE_DECISIONS', caller.sub, today);
}

interface Issued {
  readonly decision: Decision;
  /** What it means to the application, which is still to be saved. */
  readonly fact: DomainEvent;
}

/** Refuses a requested service, or of what is qualified the rest, by a decision under an authorisation that was looked at. */
export async function issueDecision(
  work: Work,
  personalData: PersonalData,
  application: Application,
  itemId: string,
  { number, legalBasis, reasons, authorisationId }: RefuseItem,
  { caller }: Access,
  today: Day,
): Promise<Issued> {
  const id = uuidv7();
  const { personId } = application;
  const kind: DecisionKind = application.isQualified(itemId) ? 'PART_REFUSAL' : 'REFUSAL';
  const fact = kind === 'REFUSAL' ? awaitRefusal(application, itemId, id) : refuseRest(application, itemId, id);
  const refusal = {
    kind,
    applicationId: application.id,
    itemId,
    personId,
    number,
    legalBasis,
    reasons: (await personalData.row(work, personId, 'decision', id)).seal('reasons', reasons),
    authorisationId,
    appealDays: clockOn('APPEAL', today).length,
  };
  const decision = Decision.refuse(id, application, refusal, caller.sub, today);
  await work.save(decision, decision.issued());
  return { decision, fact };
}

function awaitRefusal(application: Application, itemId: string, decisionId: string): DomainEvent {
  application.awaitRefusal(itemId, decisionId);
  return application.refusalPending(itemId);
}

/** Each number of the register of decisions is used once. */
export async function withNumberOfItsOwn<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw isUniqueViolation(error, 'decision_number_is_unique') ? new DecisionNumberUsed() : error;
  }
}
