import { IsIn, IsOptional, Matches } from 'class-validator';
import { Figure } from '../case-load/case-load.dto';
import { type Moment, moments } from '../projects/indicator';
import type { ExportColumn } from './export-columns';

export class AskForProjectFigures {
  /** Unit of the centre; your own unless given. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9._:-]{1,64}$/)
  unit?: string;

  /** Answers of which moment; those on joining unless given. */
  @IsOptional()
  @IsIn(moments)
  moment?: Moment;
}

export class AnswerFigure {
  /** An answer, or UNKNOWN. */
  value!: string;
  persons!: Figure;
}

export class IndicatorFigures {
  code!: string;
  answers!: AnswerFigure[];
}

export class ProjectFigures {
  projectId!: string;
  unit!: string;
  moment!: Moment;
  /** Last day of a declaration that is counted: for a reader of another unit, of the last half-year that is over. */
  until!: string;
  /** Persons, each once; not places. */
  persons!: Figure;
  indicators!: IndicatorFigures[];
}

export class ExportedColumn {
  code!: string;
  header!: string;
  from!: ExportColumn['from'];
}

export class ParticipantsExport {
  projectCode!: string;
  columns!: ExportedColumn[];
  /** Values in the order of the columns; an empty text where there is none. */
  rows!: string[][];
}
