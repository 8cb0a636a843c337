import { type Day, dayOf } from '@okienko/contracts/calendar';
import { applicationDelayRecordedV1 } from '@okienko/contracts/cases/application-delay-recorded.v1';
import { DomainError } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Application } from './application';

export const delayCauses = ['COMPLETION_CALL', 'NO_CONTACT', 'ABSENCE', 'POSTPONED_BY_APPLICANT', 'OTHER'] as const;

/** Time by which the matter was late because of the applicant (KPA art. 35 § 5). No clock stops for it; it explains one that was missed. */
export interface Delay {
  readonly from: Day;
  readonly to: Day;
  readonly causeCode: (typeof delayCauses)[number];
}

export class DelayWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'delay-wrong';
  override readonly basis = 'KPA art. 35 § 5';
  constructor() {
    super('A delay begins on the day of filing or later, ends on the day it begins or later, and is over by today.');
  }
}

export function recordDelay(
  application: Application,
  delay: Delay,
  today: Day,
): DomainEvent<typeof applicationDelayRecordedV1> {
  const { id, personId, filedAt, terc } = application;
  const { from, to } = delay;
  application.assertOpen('delayed');
  if (from < dayOf(filedAt) || to < from || today < to) throw new DelayWrong();
  application.delays = [...application.delays, delay];
  return event(applicationDelayRecordedV1, id, { personId, ...delay }, terc);
}
