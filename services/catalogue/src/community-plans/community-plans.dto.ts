import { PageQuery } from '@okienko/chassis/page';
import {
  IsCode,
  IsDayString,
  IsId,
  IsLocalised,
  IsSlug,
  IsTerc,
  Localised,
  MayBeAbsent,
  Parts,
} from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { type CommunityPlanState, communityPlanStates, type Evaluation } from './community-plan';
import type { CommunityPlanContent } from './community-plan-content';
import { SupportingActivityItem } from './supporting-activities.dto';

/** What is still lacking is told when it is adopted, so a draft may grow. */
export class DraftCommunityPlan implements CommunityPlanContent {
  @IsLocalised()
  title!: Localised;

  /** Each gmina of the centre has activities of its own (art. 20(4)). @example ["2861011"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsTerc({ each: true })
  gminas!: string[];

  /** @example "2026-01-01" */
  @IsDayString()
  from!: string;

  /** The last day. @example "2026-12-31" */
  @IsDayString()
  to!: string;

  /** The adopted diagnosis on which it rests; in its first year a centre may have none (art. 76(2)). */
  @MayBeAbsent()
  @IsId()
  diagnosisId?: string;

  @Parts(() => Localised, 0, 100)
  goals!: Localised[];

  @Parts(() => SupportingActivityItem, 0, 500)
  activities!: SupportingActivityItem[];
}

export class AdoptCommunityPlan {
  @IsDayString()
  adoptedOn!: string;
}

export class ActivityResult {
  /** @example "zakupy-dla-sasiada" */
  @IsSlug()
  activityCode!: string;

  /** How many took part. Fewer than five are left out. @example 37 */
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  participants?: number;

  /** Nobody's name. */
  @IsLocalised()
  outcome!: Localised;
}

export class CloseCommunityPlan implements Evaluation {
  @IsDayString()
  closedOn!: string;

  /** What has come of its goals. */
  @IsLocalised()
  summary!: Localised;

  /** Of its activities, each at most once. */
  @Parts(() => ActivityResult, 0, 500)
  results!: ActivityResult[];
}

export class WithdrawCommunityPlan {
  /** @example "BEGUN_ANEW" */
  @IsCode()
  reasonCode!: string;
}

export class ListCommunityPlans extends PageQuery {
  @IsOptional()
  @IsTerc()
  terc?: string;

  /** ADOPTED unless given. Drafts are for staff; nobody else finds anything in them. */
  @IsOptional()
  @IsIn(communityPlanStates)
  state?: CommunityPlanState;
}

export class CommunityPlanView extends DraftCommunityPlan {
  id!: string;
  version!: number;
  state!: CommunityPlanState;
  adoptedOn?: string;
  /** The last time that it was updated on a material change. */
  updatedOn?: string;
  evaluation?: CloseCommunityPlan;
}

export class CommunityPlanPage {
  items!: CommunityPlanView[];
  /** Cursor of the next page. */
  next?: string;
}
