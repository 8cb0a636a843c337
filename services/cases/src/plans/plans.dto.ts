import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Matches, Min } from 'class-validator';
import {
  type Abandonment,
  type Agreement,
  type Approval,
  type ClosingTalk,
  type Contact,
  type ContactOutcome,
  contactOutcomes,
  type Ending,
} from './plan-acts';
import { PlanItemBody } from './plan-content.dto';
import { type PlanState, planStates } from './plan-state';

const reassignmentReasons = [
  'LEAVE',
  'LEFT_WORK',
  'WORKLOAD',
  'REQUEST_OF_PERSON',
  'CONFLICT_OF_INTEREST',
  'OTHER',
] as const;

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

export class AbandonPlan {
  /** Why, as a code: NO_AGREEMENT, for example. */
  @IsCode()
  reasonCode!: string;
}

export class ReassignCoordinator {
  /** Account of the new coordinator. */
  @Matches(/^[A-Za-z0-9._:|-]{1,64}$/)
  coordinator!: string;

  @IsIn(reassignmentReasons)
  reasonCode!: (typeof reassignmentReasons)[number];
}

export class RecordContact implements Contact {
  @IsDayString()
  heldOn!: string;

  @IsIn(['VISIT', 'AT_CENTRE', 'PHONE', 'REMOTE', 'THROUGH_PROVIDER'])
  manner!: Contact['manner'];

  /** NOT_REACHED leaves the contact due. */
  @IsIn(contactOutcomes)
  outcome!: ContactOutcome;

  /** Kept encrypted. */
  @MayBeAbsent()
  @IsText(1, 10_000)
  note?: string;
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
  /** Account that sees to the plan now. */
  coordinator!: string;
  /** Which version this is: 1, and one more with every update approved. */
  planVersion!: number;
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
  abandonment!: Abandonment | null;
}

export class PlanItemView extends PlanItemBody {
  offerId!: string;
  /** What art. 39(2) wants of it and is still missing. */
  lacks?: ('schedule' | 'place')[];
}

/** What a version says. */
export class PlanContentView {
  items!: PlanItemView[];
  supportingActivities!: string[];
  supportingActivityIds!: string[];
  goals!: string[];
  indicators!: string[];
}

export class PlanVersionSummary {
  planVersion!: number;
  /** REPLACED by a later version, on its way to approval, or as the plan itself is. */
  state!: PlanState | 'REPLACED';
  drafter!: string;
  draftedAt!: string;
  from!: string;
  to!: string;
  agreement!: Agreement | null;
  returnReason!: string | null;
  approval!: Approval | null;
  replacedOn!: string | null;
}

export class PlanUpdateView extends PlanContentView {
  planVersion!: number;
  state!: PlanState;
  drafter!: string;
  draftedAt!: string;
  to!: string;
  agreement!: Agreement | null;
  returnReason!: string | null;
}

export class PlanView extends PlanSummary {
  items!: PlanItemView[];
  supportingActivities!: string[];
  supportingActivityIds!: string[];
  goals!: string[];
  indicators!: string[];
  /** The next version, as long as it is not approved. */
  update!: PlanUpdateView | null;
  closingNote!: string | null;
  description!: string | null;
}

export class ContactView {
  id!: string;
  heldOn!: string;
  manner!: Contact['manner'];
  outcome!: ContactOutcome;
  note!: string | null;
  recordedBy!: string;
  recordedAt!: string;
}

export class CompareVersions {
  /** Number of the version to compare from, such as 1. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  from!: number;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  to!: number;
}

export class FieldChange {
  field!: string;
  before!: unknown;
  after!: unknown;
}

export class ItemChange {
  itemId!: string;
  fields!: FieldChange[];
}

export class PlanComparison {
  added!: PlanItemView[];
  removed!: PlanItemView[];
  changed!: ItemChange[];
  /** Beside the services: last day, supporting activities, goals, indicators. */
  fields!: FieldChange[];
}
