import { PageQuery } from '@okienko/chassis/page';
import { IsLocalised, IsTerc, IsText, Localised, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { CopyPositionView, CostsView, FigureView } from './closing-information.dto';
import { correctableOfYear, type YearFigures } from './year-figures';
import type { YearlyAdditions, YearlyReportState } from './yearly-report';

export class GenerateYearlyReport {
  /** TERC of the gmina. @example "2861011" */
  @IsTerc()
  terc!: string;

  /** A past one. */
  @IsInt()
  @Min(2020)
  @Max(2200)
  year!: number;
}

export class YearCorrectionItem {
  /** COST_GROSZE is the actual cost. Events tell of it what was settled with providers. */
  @IsIn(correctableOfYear)
  figure!: (typeof correctableOfYear)[number];

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  value!: number;

  /** Is published with the figure. */
  @IsText(3, 1000)
  reason!: string;
}

/** All of it is published: write nothing about single persons. */
export class ApproveYearlyReport implements YearlyAdditions {
  @IsLocalised()
  summary!: Localised;

  /** What the survey of needs and potential came to. */
  @IsLocalised()
  surveyConclusions!: Localised;

  @MayBeAbsent()
  @Parts(() => YearCorrectionItem, 0, 100)
  corrections?: YearCorrectionItem[];
}

export class ListYearlyReports extends PageQuery {
  @IsOptional()
  @IsTerc()
  terc?: string;
}

export class YearlyReportSummary {
  id!: string;
  version!: number;
  state!: YearlyReportState;
  terc!: string;
  year!: number;
  approvedOn?: string;
}

export class YearProgrammeView {
  id!: string;
  name!: Localised;
  validFrom!: string;
  validTo!: string;
  endedOn?: string;
}

export class YearRequestsView {
  /** Applications, each for one service or more. */
  filed!: FigureView;
  /** Services requested in them. */
  requested!: FigureView;
  qualified!: FigureView;
  refused!: FigureView;
  /** Before anything was decided. */
  withdrawn!: FigureView;
  waitingAtEnd!: FigureView;
}

export class YearAreaView {
  /** Slug of one of the 14 areas. */
  area!: string;
  served!: FigureView;
}

export class YearServiceView {
  offerId!: string;
  name!: Localised;
  unit!: string;
  served!: FigureView;
  accepted!: FigureView;
}

export class YearContractorsView {
  kind!: string;
  contractors!: number;
}

/** What the director reports to the council of a gmina about a year (art. 18). */
export class YearlyReportView extends YearlyReportSummary implements YearFigures {
  /** Of the gmina, in force on some day of the year. */
  programmes!: YearProgrammeView[];
  requests!: YearRequestsView;
  /** Persons with a delivery in the year that was accepted, each counted once. */
  served!: FigureView;
  areas!: YearAreaView[];
  services!: YearServiceView[];
  contractors!: YearContractorsView[];
  costs!: CostsView;
  /** Smaller numbers are withheld. */
  smallestFigure!: number;
  generatedAt!: string;
  positions!: CopyPositionView[];
  summary?: Localised;
  surveyConclusions?: Localised;
}

export class YearlyReportPage {
  items!: YearlyReportSummary[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
