import { addDays, type Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import { termsOn } from '../terms/statutory-terms';

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

export class ServiceDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'service-date-wrong';
  constructor() {
    super('A call is served on the day it was issued or later, and not later than today.');
  }
}

export function callOn(today: Day, dueDays: number): CompletionCall {
  const { completionDays } = termsOn(today);
  if (dueDays < completionDays) throw new CompletionTermTooShort(completionDays);
  return { calledOn: today, dueDays };
}

export function servedOn(call: CompletionCall, day: Day, today: Day): CompletionCall & { servedOn: Day; dueOn: Day } {
  if (day < call.calledOn || today < day) throw new ServiceDateWrong();
  return { ...call, servedOn: day, dueOn: addDays(day, call.dueDays) };
}

export function assertTermOver({ dueOn }: CompletionCall, today: Day): void {
  if (dueOn === undefined || today <= dueOn) throw new CompletionTermRuns();
}
