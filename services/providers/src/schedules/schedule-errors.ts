import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

/** The plan lays down when services are performed (art. 39(2)). */
abstract class ScheduleRuleBroken extends DomainError {
  readonly kind = 'rule-broken';
  override readonly basis = 'art. 39(2)';
}

export class RecurrenceMalformed extends ScheduleRuleBroken {
  readonly code = 'recurrence-malformed';
  constructor(why: string) {
    super(`That is no rule of recurrence (RFC 5545) that visits can follow. ${why}`.trim());
  }
}

export class TooManyVisits extends ScheduleRuleBroken {
  readonly code = 'too-many-visits';
  constructor(most: number) {
    super(`More than ${most} visits would come of it. Plan a shorter time, or fewer visits.`);
  }
}

export class PlannedOutsidePeriod extends ScheduleRuleBroken {
  readonly code = 'planned-outside-period';
  constructor(from: Day, to: Day) {
    super(`The order runs from ${from} to ${to}: visits are planned from one of these days on.`);
  }
}

export class TooManyPlans extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'too-many-plans';
  constructor(most: number) {
    super(
      `The visits of this order have been planned anew ${most} times, and every plan is kept. Plan them for longer.`,
    );
  }
}

export class SpanTooLong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'span-too-long';
  constructor(most: number) {
    super(`Ask for the visits from one day to a later one, at most ${most} days.`);
  }
}
