import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, Parts } from '@okienko/chassis/validation';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type Answers, type Moment, moments } from '../projects/indicator';
import { type ParticipationState, type TerminationReason, terminationReasons } from './project-participation';

export class IndicatorAnswer {
  @IsCode()
  code!: string;

  /** YES or NO, an option of a CHOICE, a number; REFUSED where that may be. */
  @Matches(/^[A-Z0-9_]{1,64}$/)
  value!: string;
}

export class StartParticipation {
  @IsId()
  projectId!: string;

  @IsId()
  personId!: string;

  /** What they applied for in the project's course; left out where nothing was. */
  @IsOptional()
  @IsId()
  applicationId?: string;

  @IsDayString()
  declaredOn!: string;

  /** Version of the statement that was declared, of those of GET /projects/{id}. @example "2021-07-01" */
  @IsDayString()
  statementVersion!: string;

  /** To all that is asked on joining. Kept encrypted. */
  @Parts(() => IndicatorAnswer, 1, 150)
  indicators!: IndicatorAnswer[];
}

export class TerminateParticipation {
  /** Last day. */
  @IsDayString()
  on!: string;

  @IsIn(terminationReasons)
  reasonCode!: TerminationReason;
}

export class RecordIndicators {
  @IsIn(moments)
  moment!: Moment;

  /** To all that is asked at that moment; what was recorded of it before is replaced. Kept encrypted. */
  @Parts(() => IndicatorAnswer, 1, 150)
  indicators!: IndicatorAnswer[];
}

export class ListParticipations extends PageQuery {
  @IsOptional()
  @IsId()
  projectId?: string;

  @IsOptional()
  @IsId()
  personId?: string;
}

export class ParticipationSummary {
  id!: string;
  version!: number;
  projectId!: string;
  personId!: string;
  applicationId!: string | null;
  state!: ParticipationState;
  declaredOn!: string;
  statementVersion!: string;
  terminatedOn!: string | null;
  reasonCode!: TerminationReason | null;
  /** Why it is kept longer than the case file. @example "EU_PROJECT" */
  legalHold!: string;
}

export class ParticipationView extends ParticipationSummary {
  /** By the codes of indicators; of each moment null until it is recorded. */
  indicators!: Record<Moment, Answers | null>;
  /** Account that recorded it. */
  startedBy!: string;
}
