import { type Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { dropDeadlines, type NewDeadline, startDeadline } from '../deadlines/deadlines';
import { clockFrom } from '../terms/clocks';
import type { Application } from './application';

type Sql = Pick<Work, 'query' | 'send'>;
type Matter = Pick<Application, 'id' | 'personId' | 'unit' | 'terc' | 'coordinator'>;

/** KPA art. 35 § 3, from the filing or from what asks for a decision later. Says on which day it ends. */
export function startQualificationClock(sql: Sql, application: Matter, from: Day): Day {
  const clock = clockFrom('QUALIFICATION', from);
  const { id: subjectId } = application;
  startDeadline(sql, { kind: 'QUALIFICATION', subjectId, ...of(application), awaited: 'CENTRE', ...clock });
  return clock.dueOn;
}

/** From the day on which the call was served, for as long as the call says. */
export function startCompletionClock(sql: Sql, application: Application, servedOn: Day): void {
  const { id: subjectId, completionCall } = application;
  const clock = clockFrom('COMPLETION', servedOn, completionCall?.dueDays);
  startDeadline(sql, { kind: 'COMPLETION', subjectId, ...of(application), awaited: 'APPLICANT', ...clock });
}

/** The papers of an item go "without delay". */
export function startForwardingClock(sql: Sql, application: Application, itemId: string, agreedOn: Day): void {
  const clock = clockFrom('FORWARDING', agreedOn);
  startDeadline(sql, { kind: 'FORWARDING', subjectId: itemId, ...of(application), awaited: 'CENTRE', ...clock });
}

/** Ends the clocks of what nobody waits for any more, after some of the items have been closed. */
export function dropSettledClocks(sql: Sql, application: Application, closed: readonly string[]): void {
  for (const itemId of closed) dropDeadlines(sql, itemId);
  if (application.isClosed) return dropDeadlines(sql, application.id);
  if (!application.awaitsDecision) dropDeadlines(sql, application.id, 'QUALIFICATION');
  if (!application.isIncomplete) dropDeadlines(sql, application.id, 'COMPLETION');
}

const of = ({ id: applicationId, personId, unit, terc, coordinator: assignee }: Matter): Of => ({
  applicationId,
  personId,
  unit,
  terc,
  assignee,
});
type Of = Pick<NewDeadline, 'applicationId' | 'personId' | 'unit' | 'terc' | 'assignee'>;
