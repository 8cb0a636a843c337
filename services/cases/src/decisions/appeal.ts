import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

export type AppealChannel = 'E_DORECZENIA' | 'POST' | 'IN_PERSON';
export type Ruling = 'UPHELD' | 'QUASHED';

export interface Appeal {
  readonly filedOn: Day;
  readonly channel: AppealChannel;
  /** Whether a late one is heard is for the appeal body to say (KPA art. 134). */
  readonly inTime: boolean;
  readonly handedOverOn?: Day;
  /** Day on which it was ruled on, granted by the centre itself, or withdrawn. */
  readonly endedOn?: Day;
}

export class AppealDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'appeal-date-wrong';
  constructor() {
    super('Delivery, appeal, handover and ruling follow one another, and none of them is later than today.');
  }
}

export class AppealLate extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'appeal-late';
  override readonly basis = 'KPA art. 132, 134';
  constructor() {
    super('The appeal was filed after its term. Hand it over: only the appeal body says whether it is heard.');
  }
}

export function assertInSequence(...days: readonly Day[]): void {
  if (days.some((day, index) => index > 0 && day < (days[index - 1] as Day))) throw new AppealDateWrong();
}
