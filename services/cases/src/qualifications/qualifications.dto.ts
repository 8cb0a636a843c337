import { IsId, MayBeAbsent, Part } from '@okienko/chassis/validation';
import type { ConditionResult } from '@okienko/contracts/criteria/evaluate';
import type { Outcome } from '@okienko/contracts/criteria/outcome';
import { IsInt, Max, Min } from 'class-validator';
import { RefuseItem } from '../decisions/decisions.dto';

export class QualifyItem {
  /** Your own authorisation to decide; a director needs none. Checked when given, and kept with the notice. */
  @MayBeAbsent()
  @IsId()
  authorisationId?: string;

  /** Units granted, not more than were asked for; all of them when left out. For the rest a decision is owed (art. 42(3)). */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(100_000)
  quantity?: number;

  /** Refuses the rest by a decision in the same act. */
  @MayBeAbsent()
  @Part(() => RefuseItem)
  partRefusal?: RefuseItem;
}

export class ItemQualified {
  /** The application, with its version. */
  id!: string;
  version!: number;
  noticeNumber!: string;
  grantedUntil!: string;
  /** The refusal of the rest, where one was issued. */
  decisionId?: string;
}

export class AlternativeTrialView {
  outcome!: Outcome;
  allOf!: ConditionResult[];
}

export class RequirementTrialView {
  outcome!: Outcome;
  anyOf!: AlternativeTrialView[];
}

/** MET, UNMET, or UNKNOWN when something that would decide it has not been told: never a reason to refuse. */
export class QualificationTrialView {
  outcome!: Outcome;
  /** Edition of the programme that it was tried against. */
  programmeVersion!: number;
  requirements!: RequirementTrialView[];
  /** Places of the service, and how many of them are taken or held for an answer. */
  places!: number;
  taken!: number;
  /** The first priority that is met; null where there is none. */
  priorityCode!: string | null;
}
