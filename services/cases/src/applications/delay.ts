import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

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

export function assertDelay({ from, to }: Delay, filedOn: Day, today: Day): void {
  if (from < filedOn || to < from || today < to) throw new DelayWrong();
}
