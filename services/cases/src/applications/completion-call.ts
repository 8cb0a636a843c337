import { type Day } from '@okienko/contracts/calendar';
import { applicationCompletedV1 } from '@okienko/contracts/cases/application-completed.v1';
import { applicationCompletionCallServedV1 } from '@okienko/contracts/cases/application-completion-call-served.v1';
import { applicationCompletionRequestedV1 } from '@okienko/contracts/cases/application-completion-requested.v1';
import { applicationLeftUnexaminedV1 } from '@okienko/contracts/cases/application-left-unexamined.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { clockFrom, clockOn } from '../terms/clocks';
import type { Application } from './application';

/** A call to make good what an application lacks (KPA art. 64 § 2). Its term runs from the day on which it was served. */
export interface CompletionCall {
  readonly calledOn: Day;
  /** Days that the applicant has. */
  readonly dueDays: number;
  readonly servedOn?: Day;
  readonly dueOn?: Day;
  /** When everything had come, or when the rest was left unexamined. */
  readonly endedOn?: Day;
}

export class CompletionTermTooShort extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'completion-term-too-short';
  override readonly basis = 'KPA art. 64 § 2';
  constructor(days: number) {
    super(`Give the applicant ${days} days at least.`);
  }
}

export class CompletionTermRuns extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'completion-term-runs';
  override readonly basis = 'KPA art. 64 § 2';
  constructor() {
    super(
      'An application is left unexamined after the term of its call only. Record when the call was served, and wait.',
    );
  }
}

export class CallDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'call-date-wrong';
  constructor() {
    super('A call is served and answered on the day it was issued or later, and not later than today.');
  }
}

/** All that is not decided waits for what is missing; `missing` is ciphertext of its codes. */
export function callForCompletion(
  application: Application,
  dueDays: number,
  missing: Buffer,
  today: Day,
): DomainEvent<typeof applicationCompletionRequestedV1> {
  const { length } = clockOn('COMPLETION', today);
  if (dueDays < length) throw new CompletionTermTooShort(length);
  const itemIds = application.moveAll('SUBMITTED', 'INCOMPLETE', 'called for completion');
  const call = { calledOn: today, dueDays };
  application.completionCall = call;
  application.missing = missing;
  const { id, personId, terc } = application;
  return event(applicationCompletionRequestedV1, id, { personId, itemIds, ...call }, terc);
}

/** The term runs from here. Told again, it puts right the day that was told before. */
export function serveCompletionCall(
  application: Application,
  servedOn: Day,
  today: Day,
): DomainEvent<typeof applicationCompletionCallServedV1> {
  const call = runningCall(application, 'served with a call');
  assertSince(call, servedOn, today);
  const { dueOn } = clockFrom('COMPLETION', servedOn, call.dueDays);
  application.completionCall = { ...call, servedOn, dueOn };
  const { id, personId, terc } = application;
  return event(applicationCompletionCallServedV1, id, { personId, servedOn, dueOn }, terc);
}

/** Everything has come, be it late. The time that it took is noted as the applicant's. */
export function complete(
  application: Application,
  completedOn: Day,
  today: Day,
): DomainEvent<typeof applicationCompletedV1> {
  const call = runningCall(application, 'completed');
  assertSince(call, completedOn, today);
  application.completionCall = { ...call, endedOn: completedOn };
  const delay = { from: call.servedOn ?? call.calledOn, to: completedOn, causeCode: 'COMPLETION_CALL' } as const;
  if (delay.from < delay.to) application.delays = [...application.delays, delay];
  const itemIds = application.moveAll('INCOMPLETE', 'SUBMITTED', 'completed');
  const { id, personId, terc } = application;
  return event(applicationCompletedV1, id, { personId, itemIds, completedOn }, terc);
}

/** Somebody's act, and only after the term: no clock does it by itself. */
export function leaveUnexamined(
  application: Application,
  today: Day,
): DomainEvent<typeof applicationLeftUnexaminedV1>[] {
  const call = runningCall(application, 'left unexamined');
  if (call.dueOn === undefined || today <= call.dueOn) throw new CompletionTermRuns();
  application.completionCall = { ...call, endedOn: today };
  return application
    .moveAll('INCOMPLETE', 'LEFT_UNEXAMINED', 'left unexamined')
    .map((itemId) => event(applicationLeftUnexaminedV1, application.id, application.told(itemId), application.terc));
}

function runningCall({ completionCall, isIncomplete, state }: Application, act: string): CompletionCall {
  if (!completionCall || !isIncomplete) throw new NotInState('application', act, state);
  return completionCall;
}

function assertSince({ calledOn }: CompletionCall, day: Day, today: Day): void {
  if (day < calledOn || today < day) throw new CallDateWrong();
}
