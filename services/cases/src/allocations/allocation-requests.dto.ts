import { Changed } from '@okienko/chassis/http';
import { IsDayString, IsId } from '@okienko/chassis/validation';
import {
  answerCodes,
  type ChangedTerms,
  changeReasons,
  endReasons,
  refusalReasons,
  type RequestKind,
  type RequestState,
  scheduleCodes,
  type Side,
} from '@okienko/contracts/order-request';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

export class AskForChange implements ChangedTerms {
  @IsIn(changeReasons)
  reasonCode!: (typeof changeReasons)[number];

  /** First day, not before the present one. */
  @IsOptional()
  @IsDayString()
  from?: string;

  /** Last day, not after the present one. */
  @IsOptional()
  @IsDayString()
  to?: string;

  /** How many units, no more than are granted and no fewer than are delivered. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  quantity?: number;

  @IsOptional()
  @IsIn(scheduleCodes)
  scheduleCode?: (typeof scheduleCodes)[number];

  /** A place of the provider. */
  @IsOptional()
  @IsId()
  placeId?: string;
}

export class AskForEnd {
  @IsIn(endReasons)
  reasonCode!: (typeof endReasons)[number];
}

export class RefuseRequest {
  @IsIn(refusalReasons)
  reasonCode!: (typeof refusalReasons)[number];
}

export class AnswerQuestion {
  /** What a code cannot say stands in the referral packet, or is said on the telephone. */
  @IsIn(answerCodes)
  answerCode!: (typeof answerCodes)[number];
}

export class RequestRaised extends Changed {
  requestId!: string;
}

export class RequestAnswered extends Changed {
  /** Waits to be referred to another provider for what is left, where the end of a service in a plan was agreed. */
  restId?: string;
}

export class ChangedTermsView implements ChangedTerms {
  from?: string;
  to?: string;
  quantity?: number;
  scheduleCode?: string;
  placeId?: string;
}

export class AllocationRequestView {
  id!: string;
  kind!: RequestKind;
  raisedBy!: Side;
  raisedOn!: string;
  /** What is asked, or why. */
  code!: string;
  /** What would change. */
  terms?: ChangedTermsView;
  /** OVERTAKEN: the service came to its end, or went to another provider, first. */
  state!: RequestState;
  /** What was answered to a question, or why a request was refused. */
  answerCode?: string;
  answeredOn?: string;
}
