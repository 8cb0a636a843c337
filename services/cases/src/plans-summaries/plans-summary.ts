import type { Day } from '@okienko/contracts/calendar';
import { plansSummaryGeneratedV1 } from '@okienko/contracts/cases/plans-summary-generated.v1';
import { DomainError } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { CaseLoad } from '../case-load/case-load';
import { daysOf, halfYearBefore, type Period } from '../case-load/period';
import type { Unit } from '../deadlines/unit-duties';

export class HalfYearNotOver extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'half-year-not-over';
  override readonly basis = 'art. 46(1)';
  constructor(halfYear: Period) {
    super(`${halfYear} is not over. The summary is of a half-year that has passed.`);
  }
}

export class PlansSummaryExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'plans-summary-exists';
  constructor() {
    super('There is a summary of this unit and half-year already. Its figures are fixed.');
  }
}

/** What the services organiser presents of a unit's plans every six months to the director and the community organiser (art. 46(1)). */
export class PlansSummary {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly halfYear: Period,
    readonly figures: CaseLoad,
    readonly generatedBy: string,
    readonly generatedAt: Date,
  ) {}

  static generate(
    id: string,
    { unit, terc }: Unit,
    halfYear: Period,
    figures: CaseLoad,
    by: string,
    now: Date,
  ): PlansSummary {
    return new PlansSummary(id, 0, unit, terc, halfYear, figures, by, now);
  }

  generated(): DomainEvent<typeof plansSummaryGeneratedV1> {
    return event(plansSummaryGeneratedV1, this.id, daysOf(this.halfYear), this.terc);
  }
}

export function assertOver(halfYear: Period, today: Day): void {
  if (halfYear > halfYearBefore(today)) throw new HalfYearNotOver(halfYear);
}
