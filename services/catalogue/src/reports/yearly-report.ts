import { yearlyReportApprovedV1 } from '@okienko/contracts/catalogue/yearly-report-approved.v1';
import { yearlyReportGeneratedV1 } from '@okienko/contracts/catalogue/yearly-report-generated.v1';
import type { Day } from '@okienko/contracts/calendar';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Localised } from '../localised';
import { correctedYear, type YearCorrection, type YearFigures } from './year-figures';

export const yearlyReportStates = ['GENERATED', 'APPROVED'] as const;
export type YearlyReportState = (typeof yearlyReportStates)[number];

/** What the director adds: words, and what the centre knows better. */
export interface YearlyAdditions {
  readonly summary: Localised;
  /** What the survey of needs and potential (art. 27, 32) came to. */
  readonly surveyConclusions: Localised;
  readonly corrections?: readonly YearCorrection[];
}

export class YearNotOver extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'year-not-over';
  override readonly basis = 'art. 18';
  constructor(year: number) {
    super(`The year ${year} is not over. The report is about a past year.`);
  }
}

export class YearlyReportExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'yearly-report-exists';
  constructor() {
    super('There is a report of this gmina and year already. While it is not approved, its figures can be taken anew.');
  }
}

/** What the director reports to the council of a gmina about a past year (art. 18). */
export class YearlyReport {
  private constructor(
    readonly id: string,
    readonly version: number,
    private state: YearlyReportState,
    readonly terc: string,
    readonly year: number,
    private figures: YearFigures,
    public additions: Omit<YearlyAdditions, 'corrections'> | null,
    public approvedOn: Day | null,
  ) {}

  static generate(id: string, terc: string, year: number, figures: YearFigures, today: Day): YearlyReport {
    if (today <= `${year}-12-31`) throw new YearNotOver(year);
    return new YearlyReport(id, 0, 'GENERATED', terc, year, figures, null, null);
  }

  generated(): DomainEvent<typeof yearlyReportGeneratedV1> {
    const { terc, year } = this;
    return event(yearlyReportGeneratedV1, this.id, { terc, year }, terc);
  }

  /** Takes the figures anew. */
  generateAgain(figures: YearFigures): DomainEvent<typeof yearlyReportGeneratedV1> {
    if (this.state !== 'GENERATED') throw new NotInState('yearly report', 'generated again', this.state);
    this.figures = figures;
    return this.generated();
  }

  /** Fixes the figures that the director has read, with the additions. */
  approve({ corrections = [], ...additions }: YearlyAdditions, today: Day): DomainEvent<typeof yearlyReportApprovedV1> {
    if (this.state !== 'GENERATED') throw new NotInState('yearly report', 'approved', this.state);
    this.figures = correctedYear(this.figures, corrections);
    this.additions = additions;
    this.state = 'APPROVED';
    this.approvedOn = today;
    const { terc, year } = this;
    return event(yearlyReportApprovedV1, this.id, { terc, year, approvedOn: today }, terc);
  }
}
