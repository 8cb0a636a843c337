import type { Day } from '@okienko/contracts/calendar';
import { type DataOf, type DomainEvent, event, type EventContract } from '@okienko/contracts/event';
import { complaintAnsweredV1 } from '@okienko/contracts/providers/complaint-answered.v1';
import { complaintExaminationStartedV1 } from '@okienko/contracts/providers/complaint-examination-started.v1';
import { complaintOverdueV1 } from '@okienko/contracts/providers/complaint-overdue.v1';
import { complaintPassedOnV1 } from '@okienko/contracts/providers/complaint-passed-on.v1';
import { complaintPositionAskedV1 } from '@okienko/contracts/providers/complaint-position-asked.v1';
import { complaintPositionGivenV1 } from '@okienko/contracts/providers/complaint-position-given.v1';
import { complaintReceivedV1 } from '@okienko/contracts/providers/complaint-received.v1';
import { complaintTermExtendedV1 } from '@okienko/contracts/providers/complaint-term-extended.v1';
import { complaintWithdrawnV1 } from '@okienko/contracts/providers/complaint-withdrawn.v1';
import type { Complaint, Outcome } from './complaint';

/** What happens to a complaint. Neither who complains nor the order is told: either would name a person. */
function told<C extends EventContract>(
  contract: C,
  { id, providerId }: Complaint,
  data: Omit<DataOf<C>, 'providerId'>,
): DomainEvent<C> {
  return event(contract, id, { providerId, ...data } as DataOf<C>);
}

const service = ({ offerId }: Complaint) => (offerId === null ? {} : { offerId });

export function received(complaint: Complaint): DomainEvent {
  const { channel, receivedOn, dueOn } = complaint;
  return told(complaintReceivedV1, complaint, { ...service(complaint), channel, receivedOn, dueOn });
}

export const examinationStarted = (complaint: Complaint, startedOn: Day): DomainEvent =>
  told(complaintExaminationStartedV1, complaint, { startedOn });

export const termExtended = (complaint: Complaint, reasonCode: string): DomainEvent =>
  told(complaintTermExtendedV1, complaint, { reasonCode, dueOn: complaint.dueOn });

export const positionAsked = (complaint: Complaint, code: string, dueOn: Day): DomainEvent =>
  told(complaintPositionAskedV1, complaint, { code, dueOn });

export const positionGiven = (complaint: Complaint, givenOn: Day): DomainEvent =>
  told(complaintPositionGivenV1, complaint, { givenOn });

export const answered = (complaint: Complaint, outcome: Outcome, answeredOn: Day): DomainEvent =>
  told(complaintAnsweredV1, complaint, { ...service(complaint), outcome, answeredOn });

export const passedOn = (complaint: Complaint, to: string, on: Day): DomainEvent =>
  told(complaintPassedOnV1, complaint, { to, passedOn: on });

export const withdrawn = (complaint: Complaint, withdrawnOn: Day): DomainEvent =>
  told(complaintWithdrawnV1, complaint, { withdrawnOn });

export const overdue = (complaint: Complaint): DomainEvent =>
  told(complaintOverdueV1, complaint, { dueOn: complaint.dueOn });
