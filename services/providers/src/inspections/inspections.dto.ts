import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  Matches,
} from 'class-validator';
import { type Verdict, verdicts } from './checklist';
import { type FindingState, findingStates, type Severity, severities } from './finding';
import { type InspectionState, inspectionStates } from './inspection';

export class InspectedOffer {
  @IsId() offerId!: string;
}

export class PlanInspection {
  @IsId() providerId!: string;
  /** All services of this agreement; where an organisation performs a public task, that as well (Public Benefit Act art. 17). */
  @MayBeAbsent() @IsId() agreementId?: string;
  /** Or these services. */
  @MayBeAbsent() @Parts(() => InspectedOffer, 1, 50) offers?: InspectedOffer[];
  /** The provider learns of one that is not only once it has taken place. */
  @IsBoolean() announced!: boolean;
  /** @example "2026-03-02" */
  @IsDayString() plannedOn!: string;
}

export class ResultDto {
  /** The service; left out for what is asked of the task as a whole. */
  @MayBeAbsent() @IsId() offerId?: string;
  /** @example "CARE_DIARY" */
  @IsCode() criterion!: string;
  @IsIn(verdicts) verdict!: Verdict;
}

export class CarryOutInspection {
  /** @example "2026-03-02" */
  @IsDayString() on!: string;
  /** Accounts of those who went. @example ["ous-olga"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(/^[A-Za-z0-9._:|-]{1,64}$/, { each: true })
  inspectors!: string[];
  /** One of each criterion of the checklist of that day. */
  @Parts(() => ResultDto, 0, 500) results!: ResultDto[];
}

export class FoundDto {
  /** The service; left out for what is asked of the task as a whole. */
  @MayBeAbsent() @IsId() offerId?: string;
  /** One that was not met. @example "CARE_DIARY" */
  @IsCode() criterion!: string;
  @IsIn(severities) severity!: Severity;
  /** About the organisation: it is not kept encrypted, so nothing of persons belongs here. @example "Dzienników nie prowadzi się od stycznia." */
  @IsText(1, 2000) description!: string;
  /** The last day for the remedy. @example "2026-04-02" */
  @IsDayString() dueOn!: string;
}

export class ReportInspection {
  /** About the organisation: it is not kept encrypted, so nothing of persons belongs here. @example "Kontrola bez zastrzeżeń." */
  @IsText(1, 10_000) report!: string;
  @Parts(() => FoundDto, 0, 100) findings!: FoundDto[];
}

export class CancelInspection {
  /** @example "INSPECTOR_ABSENT" */
  @IsCode() reasonCode!: string;
}

export class ListInspections extends PageQuery {
  @IsOptional() @IsId() providerId?: string;
  @IsOptional() @IsIn(inspectionStates) state?: InspectionState;
}

export class ChecklistQuery {
  /** The day whose standards count; the planned one unless said otherwise. @example "2026-03-02" */
  @IsOptional() @IsDayString() on?: string;
}

export class PointView {
  offerId!: string | null;
  criterion!: string;
  sentence!: string | null;
}

export class ChecklistView {
  on!: string;
  items!: PointView[];
}

export class ResultView {
  offerId!: string | null;
  criterion!: string;
  verdict!: Verdict;
}

export class InspectionView {
  id!: string;
  version!: number;
  providerId!: string;
  agreementId!: string | null;
  offers!: string[];
  announced!: boolean;
  plannedOn!: string;
  state!: InspectionState;
  carriedOutOn!: string | null;
  inspectors!: string[];
  results!: ResultView[];
  report!: string | null;
  reportedOn!: string | null;
  cancelReason!: string | null;
}

export class ReportRemedy {
  /** About the organisation: it is not kept encrypted, so nothing of persons belongs here. @example "Dzienniki prowadzi się od 1 marca." */
  @IsText(1, 2000) remedy!: string;
}

export class ReopenFinding {
  /** @example "NOT_REMEDIED" */
  @IsCode() reasonCode!: string;
  /** The last day for the remedy. @example "2026-05-04" */
  @IsDayString() dueOn!: string;
}

export class ListFindings extends PageQuery {
  @IsOptional() @IsId() providerId?: string;
  @IsOptional() @IsId() inspectionId?: string;
  @IsOptional() @IsIn(findingStates) state?: FindingState;
}

export class FindingView {
  id!: string;
  version!: number;
  inspectionId!: string;
  providerId!: string;
  offerId!: string | null;
  criterion!: string;
  severity!: Severity;
  description!: string;
  dueOn!: string;
  state!: FindingState;
  remedy!: string | null;
  reportedOn!: string | null;
  judgedOn!: string | null;
}
