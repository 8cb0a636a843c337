import { addDays, addMonths, type Day, dayOf } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { type Awaited, dropDeadlines, type NewDeadline, startDeadline } from '../deadlines/deadlines';
import { termsOn } from '../terms/statutory-terms';
import type { Application } from './application';

type Sql = Pick<Work, 'query' | 'send'>;

/** KPA art. 35 § 3, from the filing. */
export function startQualificationClock(sql: Sql, application: Application): void {
  const filedOn = dayOf(application.filedAt);
  const { qualificationMonths, qualificationDays } = termsOn(filedOn);
  const [dueOn = filedOn] = [addMonths(filedOn, qualificationMonths), addDays(filedOn, qualificationDays)].sort();
  const clock = { kind: 'QUALIFICATION', subjectId: application.id, basis: 'KPA art. 35 § 3' } as const;
  startDeadline(sql, { ...clock, ...of(application, 'CENTRE', filedOn, dueOn) });
}

/** From the day on which the call was served. */
export function startCompletionClock(sql: Sql, application: Application, servedOn: Day, dueOn: Day): void {
  const clock = { kind: 'COMPLETION', subjectId: application.id, basis: 'KPA art. 64 § 2' } as const;
  startDeadline(sql, { ...clock, ...of(application, 'APPLICANT', servedOn, dueOn) });
}

/** The papers of an item go "without delay". */
export function startForwardingClock(sql: Sql, application: Application, itemId: string, agreedOn: Day): void {
  const dueOn = afterWorkingDays(agreedOn, termsOn(agreedOn).forwardingWorkingDays);
  const clock = { kind: 'FORWARDING', subjectId: itemId, basis: 'art. 38(1)' } as const;
  startDeadline(sql, { ...clock, ...of(application, 'CENTRE', agreedOn, dueOn) });
}

/** Ends the clocks of what nobody waits for any more, after some of the items have been closed. */
export function dropSettledClocks(sql: Sql, application: Application, closed: readonly string[]): void {
  for (const itemId of closed) dropDeadlines(sql, itemId);
  if (application.isClosed) return dropDeadlines(sql, application.id);
  if (!application.awaitsDecision) dropDeadlines(sql, application.id, 'QUALIFICATION');
  if (!application.isIncomplete) dropDeadlines(sql, application.id, 'COMPLETION');
}

function of(
  { id, personId, unit, terc, coordinator }: Application,
  awaited: Awaited,
  startedOn: Day,
  dueOn: Day,
): Omit<NewDeadline, 'kind' | 'subjectId' | 'basis'> {
  const warning = addDays(dueOn, -termsOn(startedOn).warningDays);
  const warnOn = warning < startedOn ? startedOn : warning;
  const assigned = coordinator === null ? {} : { assignee: coordinator };
  return { applicationId: id, personId, unit, terc, ...assigned, awaited, warnOn, dueOn };
}

function afterWorkingDays(day: Day, days: number): Day {
  if (days === 0) return day;
  const next = addDays(day, 1);
  const isWeekend = [0, 6].includes(new Date(`${next}T00:00:00Z`).getUTCDay());
  return afterWorkingDays(next, isWeekend ? days : days - 1);
}
