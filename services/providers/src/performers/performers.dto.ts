import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { IsIn, IsOptional } from 'class-validator';
import { type ConditionCode, conditionCodes, type PerformerKind, performerKinds } from './performer-terms';

export class RegisterPerformer {
  @IsId() providerId!: string;
  @IsIn(performerKinds) kind!: PerformerKind;
  /** Kept encrypted. @example "Anna Przykładowa" */
  @IsText(1, 200) name!: string;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
}

export class CorrectPerformerName {
  /** Kept encrypted. @example "Anna Przykładowa-Wzorcowa" */
  @IsText(1, 200) name!: string;
}

export class LeavePerformer {
  /** The last day on which services may have been performed. @example "2026-06-30" */
  @IsDayString() leftOn!: string;
}

export class RecordQualification {
  /** @example "CARE_ASSISTANT" */
  @IsCode() code!: string;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
  /** Last day; left out where it does not run out. @example "2028-12-31" */
  @MayBeAbsent() @IsDayString() to?: string;
  /** By what it was shown. @example "DIPLOMA" */
  @IsCode() evidenceCode!: string;
  /** Number of that document. Kept encrypted. @example "OP-12/2020" */
  @MayBeAbsent() @IsText(1, 100) document?: string;
}

export class MetCondition {
  @IsIn(conditionCodes) code!: ConditionCode;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
  /** Last day; left out where no end is known. @example "2026-12-31" */
  @MayBeAbsent() @IsDayString() to?: string;
  /** By what it was shown. @example "STATEMENT" */
  @IsCode() evidenceCode!: string;
}

export class RecordConditions {
  /** For which recipient, by the allocation; left out for what is met for all of them. */
  @MayBeAbsent() @IsId() allocationId?: string;
  @Parts(() => MetCondition, 1, 20) conditions!: MetCondition[];
}

export class ListPerformers extends PageQuery {
  @IsOptional() @IsId() providerId?: string;
  @IsOptional() @IsIn(performerKinds) kind?: PerformerKind;
}

/** Without names; each is a look of its own. */
export class PerformerSummary {
  id!: string;
  version!: number;
  providerId!: string;
  kind!: PerformerKind;
  from!: string;
  leftOn!: string | null;
  /** Since then the name and the documents can be read no more. */
  erasedOn!: string | null;
}

export class ProofView {
  id!: string;
  kind!: 'QUALIFICATION' | 'CONDITION';
  code!: string;
  allocationId!: string | null;
  from!: string;
  to!: string | null;
  evidenceCode!: string;
  document!: string | null;
  /** Account that recorded it. */
  recordedBy!: string;
  recordedOn!: string;
  /** Since then it does not count. */
  withdrawnOn!: string | null;
}

export class PerformerView extends PerformerSummary {
  name!: string;
  proofs!: ProofView[];
}
