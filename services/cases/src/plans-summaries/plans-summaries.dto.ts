import { PageQuery } from '@okienko/chassis/page';
import { IsOptional, Matches } from 'class-validator';
import { CaseLoadFigures } from '../case-load/case-load.dto';
import { halfYearShape } from '../case-load/period';

const unitName = /^[A-Za-z0-9._:-]{1,64}$/;

export class GeneratePlansSummary {
  /** Unit of the centre; your own unless given. */
  @IsOptional()
  @Matches(unitName)
  unit?: string;

  /** The last one that is over unless given. @example "2026-H1" */
  @IsOptional()
  @Matches(halfYearShape, { message: '$property must be a half-year such as 2026-H1' })
  halfYear?: string;
}

export class ListPlansSummaries extends PageQuery {
  @IsOptional()
  @Matches(unitName)
  unit?: string;
}

export class PlansSummaryItem {
  id!: string;
  version!: number;
  unit!: string;
  /** @example "2026-H1" */
  halfYear!: string;
  generatedBy!: string;
  generatedAt!: Date;
}

export class PlansSummaryView extends PlansSummaryItem {
  from!: string;
  to!: string;
  figures!: CaseLoadFigures;
}
