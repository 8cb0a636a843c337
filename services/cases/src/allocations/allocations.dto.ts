import { IsDayString, IsId, IsText } from '@okienko/chassis/validation';
import { PageQuery } from '@okienko/chassis/page';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { UnitOfMeasure } from '../plans/plan-content';
import { type AllocationState, type Suspension, suspensionReasons, terminationReasons } from './allocation-states';
import { AllocationRequestView } from './allocation-requests.dto';
import type { Exclusion } from './candidates';
import type { Outcome, Referral } from './referring';

export class ReferAgain {
  /** Another provider of the same service. */
  @IsId()
  providerId!: string;
}

export class ReferByRule {
  /** Whom the person would like to come; the wish is kept for later referrals. */
  @IsOptional()
  @IsId()
  wishedProviderId?: string;
}

export class AllocateSingly extends ReferByRule {
  /** Left out, the rule chooses. */
  @IsOptional()
  @IsId()
  providerId?: string;

  /** First day. */
  @IsDayString()
  from!: string;

  /** Last day. */
  @IsDayString()
  to!: string;

  /** How many units over the whole period, in the unit of the offer. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  quantity!: number;

  /** Where, in words. Kept encrypted. */
  @IsOptional()
  @IsText(1, 500)
  place?: string;

  /** When, in words. Kept encrypted. */
  @IsOptional()
  @IsText(1, 1000)
  schedule?: string;
}

export class SuspendAllocation {
  /** The first day without the service; today or earlier. */
  @IsDayString()
  from!: string;

  /** The last day on which it is expected to pause. */
  @IsOptional()
  @IsDayString()
  until?: string;

  /** The provider hears it, so it never tells of health. */
  @IsIn(suspensionReasons)
  reasonCode!: Suspension['reasonCode'];
}

export class ResumeAllocation {
  /** The first day on which it may be delivered again; today or earlier. */
  @IsDayString()
  resumedOn!: string;
}

export class CompleteAllocation {
  /** Today or earlier. */
  @IsDayString()
  completedOn!: string;
}

export class ResignFromAllocation {
  /** The day on which the person resigned (art. 44); today or earlier. */
  @IsDayString()
  resignedOn!: string;
}

export class TerminateAllocation {
  @IsIn(terminationReasons)
  reasonCode!: (typeof terminationReasons)[number];

  /** Today or earlier. */
  @IsDayString()
  terminatedOn!: string;

  /** Of the decision by which it is taken away; needed for BREACH and LIMIT_USED. @example "CUS.5021.12.2026" */
  @IsOptional()
  @IsText(1, 100)
  decisionNumber?: string;
}

export class CandidatesQuery extends ReferByRule {}

export class ListAllocations extends PageQuery {
  @IsOptional()
  @IsId()
  planId?: string;

  /** Services used singly under this application. */
  @IsOptional()
  @IsId()
  applicationId?: string;
}

export class Referred {
  id!: string;
  version!: number;
  /** Who is asked now; null when a referral has lapsed and nobody else was found. */
  providerId!: string | null;
}

export class SuspensionView {
  from!: string;
  until?: string;
  reasonCode!: Suspension['reasonCode'];
  resumedOn?: string;
}

export class AllocationView {
  id!: string;
  version!: number;
  /** Null for a service used singly. */
  planId!: string | null;
  /** Of a service used singly. */
  applicationId!: string | null;
  personId!: string;
  itemId!: string;
  offerId!: string;
  from!: string;
  to!: string;
  quantity!: number;
  unit!: UnitOfMeasure;
  state!: AllocationState;
  providerId!: string | null;
  /** Which referral this is: 1, 2, 3 … */
  attempt!: number;
  /** The last day for the answer to it. */
  answerBy!: string | null;
  wishedProviderId!: string | null;
  orderId!: string | null;
  declineReason!: string | null;
  /** Units delivered and accepted so far. */
  deliveredTotal!: number;
  startedOn!: string | null;
  completedOn!: string | null;
  suspensions!: SuspensionView[];
  /** The day of a resignation or termination. */
  endedOn!: string | null;
  /** Why it was terminated. */
  endReason!: string | null;
  decisionNumber!: string | null;
  /** What the provider and the centre have asked of each other, oldest first. */
  requests!: AllocationRequestView[];
}

export class Points {
  wish!: number;
  continuity!: number;
  freePlaces!: number;
  /** Below nought for who is far away; nought where the distance is not known. Rankings kept from earlier have none. */
  distance?: number;
}

export class CandidateView {
  providerId!: string;
  points!: number;
  /** Where the points come from. */
  because!: Points;
  /** Kilometres from which the band of the distance to the person begins; left out where it is not known. */
  fromKm?: number;
  /** For the whole period of the service. */
  places!: number;
  /** Places left when all who are asked already accept. */
  free!: number;
  /** Why the rule cannot choose it. */
  excluded?: Exclusion;
}

export class CandidateList {
  /** In the order of the rule. */
  items!: CandidateView[];
}

export class ReferralView {
  attempt!: number;
  providerId!: string;
  /** The plan named the provider, a person chose it, or the rule did. */
  chosenBy!: Referral['chosenBy'];
  /** What the rule had to choose from, with its reasons. */
  ranking!: CandidateView[] | null;
  referredOn!: string;
  answerBy!: string;
  /** Null while it awaits an answer. */
  outcome!: Outcome | null;
  endedOn!: string | null;
}

export class ReferralList {
  /** Oldest first. */
  items!: ReferralView[];
}
