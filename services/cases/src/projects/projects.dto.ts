import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsText, Parts } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsOptional } from 'class-validator';
import { type Indicator, indicatorKinds, type Moment, moments } from './indicator';

export class ProjectIndicator {
  @IsCode()
  code!: string;

  /** In Polish, as the participant is asked. */
  @IsText(1, 300)
  name!: string;

  @IsIn(indicatorKinds)
  kind!: Indicator['kind'];

  /** Codes to choose from; of a CHOICE alone. */
  @IsArray()
  @ArrayMaxSize(50)
  @IsCode({ each: true })
  options!: string[];

  /** On joining, on leaving, up to four weeks after leaving. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(moments, { each: true })
  askedAt!: Moment[];

  /** Whether REFUSED is an answer: of special categories of data it has to be. */
  @IsBoolean()
  mayBeRefused!: boolean;

  @IsDayString()
  validFrom!: string;

  /** Last day on which it is asked; left out or null where no end is known. */
  @IsOptional()
  @IsDayString()
  validTo?: string | null;
}

export class ReviseProject {
  @IsText(1, 500)
  name!: string;

  @IsDayString()
  validFrom!: string;

  @IsDayString()
  validTo!: string;

  /** Of this project alone; those of Regulation (EU) 2021/1057, annex I, are asked by all. */
  @Parts(() => ProjectIndicator, 0, 100)
  indicators!: ProjectIndicator[];
}

export class RecordProject extends ReviseProject {
  /** Short name of the project, given once. @example "FELU_08_05_0012" */
  @IsCode()
  code!: string;

  /** @example "ESF_PLUS" */
  @IsCode()
  fund!: string;
}

export class ListProjects extends PageQuery {}

export class ProjectSummary {
  id!: string;
  version!: number;
  code!: string;
  fund!: string;
  name!: string;
  validFrom!: string;
  validTo!: string;
}

export class AskedIndicator extends ProjectIndicator {
  /** Asked by every project. */
  isCommon!: boolean;
}

export class StatementInForce {
  version!: string;
  text!: string;
}

export class ProjectView extends ProjectSummary {
  /** All that are or were asked. */
  indicators!: AskedIndicator[];
  /** What a participant declares today. */
  statements!: StatementInForce[];
}
