import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsLocalised, IsTerc, Localised, MayBeAbsent } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { type Consultation, consultationForms, type DiagnosisState, diagnosisStates } from './diagnosis';
import { DraftDiagnosis } from './diagnosis-content.dto';

export class RecordDiagnosisConsultation implements Consultation {
  @IsDayString()
  from!: string;

  /** The last day; already past. */
  @IsDayString()
  to!: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(consultationForms.length)
  @ArrayUnique()
  @IsIn(consultationForms, { each: true })
  forms!: (typeof consultationForms)[number][];

  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  participants?: number;

  /** What was said, and what has been done about it. Nobody's name. */
  @IsLocalised()
  outcome!: Localised;
}

export class AdoptDiagnosis {
  /** The day on which it was handed to the mayor and the council. */
  @IsDayString()
  adoptedOn!: string;
}

export class WithdrawDiagnosis {
  /** @example "BEGUN_ANEW" */
  @IsCode()
  reasonCode!: string;
}

export class ListDiagnoses extends PageQuery {
  @IsOptional()
  @IsTerc()
  terc?: string;

  /** ADOPTED unless given. Drafts are for staff; nobody else finds anything in them. */
  @IsOptional()
  @IsIn(diagnosisStates)
  state?: DiagnosisState;
}

export class DiagnosisItem {
  id!: string;
  version!: number;
  state!: DiagnosisState;
  title!: Localised;
  gminas!: string[];
  adoptedOn?: string;
  /** Counts the diagnoses that have followed one another. */
  edition?: number;
  /** By when the next one is due (art. 21). */
  nextDueOn?: string;
  /** Those whose place it has taken. */
  supersedes?: string[];
  /** The one that has taken its place. */
  supersededBy?: string;
}

export class DiagnosisPage {
  items!: DiagnosisItem[];
  /** Cursor of the next page. */
  next?: string;
}

export class DiagnosisView extends DraftDiagnosis {
  id!: string;
  version!: number;
  state!: DiagnosisState;
  consultations!: RecordDiagnosisConsultation[];
  adoptedOn?: string;
  edition?: number;
  nextDueOn?: string;
  supersedes?: string[];
  supersededBy?: string;
}
