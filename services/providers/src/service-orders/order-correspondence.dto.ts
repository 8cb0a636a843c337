import { Changed } from '@okienko/chassis/http';
import { IsDayString, IsId } from '@okienko/chassis/validation';
import {
  type ChangedTerms,
  changeReasons,
  endReasons,
  questionCodes,
  refusalReasons,
  type RequestKind,
  type RequestState,
  scheduleCodes,
  type Side,
} from '@okienko/contracts/order-request';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

export class PutAnswerOff {
  /** The day by which the provider will answer. @example "2026-03-10" */
  @IsDayString() answerBy!: string;
}

export class AskQuestion {
  /** What the provider needs to know. @example "WAY_IN" */
  @IsIn(questionCodes) questionCode!: (typeof questionCodes)[number];
}

export class AskForChange implements ChangedTerms {
  /** Why it should change. @example "STAFF" */
  @IsIn(changeReasons) reasonCode!: (typeof changeReasons)[number];
  /** First day, not before the present one. @example "2026-03-09" */
  @IsOptional() @IsDayString() from?: string;
  /** Last day, not after the present one. @example "2026-05-31" */
  @IsOptional() @IsDayString() to?: string;
  /** How much, no more than is ordered and no less than is delivered. @example 20 */
  @IsOptional() @IsInt() @Min(1) @Max(100_000) quantity?: number;
  /** When it would be performed. @example "MORNINGS" */
  @IsOptional() @IsIn(scheduleCodes) scheduleCode?: (typeof scheduleCodes)[number];
  /** The provider's place where it would be performed. */
  @IsOptional() @IsId() placeId?: string;
}

export class AskForEnd {
  /** Why the provider wants to end it. @example "NO_STAFF" */
  @IsIn(endReasons) reasonCode!: (typeof endReasons)[number];
}

export class RefuseRequest {
  /** Why not. @example "NO_STAFF" */
  @IsIn(refusalReasons) reasonCode!: (typeof refusalReasons)[number];
}

export class RequestRaised extends Changed {
  requestId!: string;
}

export class AnswerTokenIssued extends Changed {
  /** Send it as `Okienko-Answer-Token` to `/service-orders/{id}/answer`. It is shown here alone. */
  token!: string;
  /** @example "2026-03-05T23:00:00.000Z" */
  expiresAt!: string;
}

export class ChangedTermsView implements ChangedTerms {
  from?: string;
  to?: string;
  quantity?: number;
  scheduleCode?: string;
  placeId?: string;
}

export class OrderRequestView {
  id!: string;
  kind!: RequestKind;
  raisedBy!: Side;
  raisedOn!: string;
  /** What is asked, or why. @example "STAFF" */
  code!: string;
  /** What would change. */
  terms?: ChangedTermsView;
  /** OVERTAKEN: the order came to its end first. */
  state!: RequestState;
  /** What was answered to a question, or why a request was refused. */
  answerCode?: string;
  answeredOn?: string;
}
