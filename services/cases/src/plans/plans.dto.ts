import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, Parts } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  type Agreement,
  type Approval,
  type ClosingTalk,
  type Ending,
  type PlanState,
  planStates,
} from './individual-plan';
import { type UnitOfMeasure, unitsOfMeasure } from './plan-content';

export class PlanItemBody {
  /** Item of the application, qualified. */
  @IsId()
  itemId!: string;

  /** Who performs it (art. 39(2)). */
  @IsId()
  providerId!: string;

  /** Where, in words. Kept encrypted. */
  @IsText(1, 500)
  place!: string;

  /** When, in words. Kept encrypted. */
  @IsText(1, 1000)
  schedule!: string;

  /** How many units over the whole period. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  quantity!: number;

  /** As the offer counts. */
  @IsIn(unitsOfMeasure)
  unit!: UnitOfMeasure;
}

export class DraftPlan {
  @IsId()
  applicationId!: string;

  /** First day. */
  @IsDayString()
  from!: string;

  /** Last day, within one year (art. 40). */
  @IsDayString()
  to!: string;

  @Parts(() => PlanItemBody, 1, 20)
  @ArrayUnique((item: Partial<PlanItemBody> | null) => item?.itemId)
  items!: PlanItemBody[];

  /** Supporting activities (art. 39(3)), in words. Kept encrypted. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(1000, { each: true })
  supportingActivities?: string[];

  /** What the plan is to achieve, in words. Kept encrypted. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(1000, { each: true })
  goals?: string[];
}

export class AgreePlan implements Agreement {
  /** How the applicant agreed. */
  @IsIn(['SIGNATURE', 'ORAL_NOTE', 'ELECTRONIC'])
  manner!: Agreement['manner'];

  @IsDayString()
  agreedOn!: string;
}

export class ReturnPlan {
  /** Why, as a code: MISSING_SCHEDULE, for example. */
  @IsCode()
  reasonCode!: string;
}

export class ApprovePlan {
  /** Your own authorisation to approve plans. */
  @IsId()
  authorisationId!: string;
}

export class EndPlan {
  @IsIn(['PERIOD_OVER', 'ITEMS_CLOSED', 'RESIGNATION', 'DEATH', 'LEFT_GMINA'])
  reason!: Ending['reason'];
}

export class HoldClosingTalk implements ClosingTalk {
  @IsDayString()
  heldOn!: string;

  @IsIn(['HELD', 'IMPOSSIBLE'])
  outcome!: ClosingTalk['outcome'];

  /** Kept encrypted. */
  @IsOptional()
  @IsText(1, 10_000)
  note?: string;
}

export class ClosePlan {
  /** Course and results (art. 45(3)). Kept encrypted. */
  @IsText(1, 20_000)
  description!: string;
}

export class ListPlans extends PageQuery {
  @IsOptional()
  @IsIn(planStates)
  state?: PlanState;

  @IsOptional()
  @IsId()
  personId?: string;

  @IsOptional()
  @IsId()
  applicationId?: string;
}

export class PlanApproved {
  id!: string;
  version!: number;
  /** One for each service of the plan, in its order. */
  allocations!: { id: string; itemId: string }[];
}

export class PlanSummary {
  id!: string;
  version!: number;
  personId!: string;
  applicationId!: string;
  state!: PlanState;
  drafter!: string;
  draftedAt!: string;
  /** Last day for drafting (art. 40). */
  draftDueOn!: string;
  draftedLate!: boolean;
  from!: string;
  to!: string;
  agreement!: Agreement | null;
  returnReason!: string | null;
  approval!: Approval | null;
  ending!: Ending | null;
  closingTalk!: ClosingTalk | null;
  closedOn!: string | null;
}

export class PlanItemView extends PlanItemBody {
  offerId!: string;
}

export class PlanView extends PlanSummary {
  items!: PlanItemView[];
  supportingActivities!: string[];
  goals!: string[];
  closingNote!: string | null;
  description!: string | null;
}
