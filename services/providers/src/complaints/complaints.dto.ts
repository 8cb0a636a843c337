import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { complaintAnsweredV1 } from '@okienko/contracts/providers/complaint-answered.v1';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { type Channel, channels, type ComplaintState, complaintStates, type Outcome } from './complaint';

export class ReceiveComplaint {
  @IsId() providerId!: string;
  /** The service that it is about, where it is about one. */
  @MayBeAbsent() @IsId() offerId?: string;
  /** The order that it is about, where it is about one; the service follows from it. */
  @MayBeAbsent() @IsId() orderId?: string;
  /** By which way it came. */
  @IsIn(channels) channel!: Channel;
  /** Who complains has given no name. */
  @IsBoolean() anonymous!: boolean;
  /** Who complains, where the centre knows them. The provider never learns it. */
  @MayBeAbsent() @IsId() personId?: string;
  /** What was said or written. Kept encrypted. @example "Opiekunka przychodzi godzinę za późno." */
  @IsText(1, 10_000) words!: string;
  /** The day on which it came; the clock for the answer runs from it. */
  @IsDayString() receivedOn!: string;
}

export class ExtendComplaint {
  /** The last day for an answer from now on. @example "2026-04-20" */
  @IsDayString() dueOn!: string;
  /** @example "EVIDENCE_AWAITED" */
  @IsCode() reasonCode!: string;
}

export class AskPosition {
  /** What it is about, as the provider is told it. @example "PUNCTUALITY" */
  @IsCode() code!: string;
  /** The last day for its position. @example "2026-03-16" */
  @IsDayString() dueOn!: string;
}

export class GivePosition {
  /** Kept encrypted. @example "W tym dniu był wypadek na moście." */
  @IsText(1, 10_000) words!: string;
}

export class AnswerComplaint {
  @IsIn(complaintAnsweredV1.properties.outcome.enum) outcome!: Outcome;
  /** With reasons, where it is not founded (KPA art. 238). Kept encrypted. @example "Skarga jest zasadna." */
  @IsText(1, 10_000) words!: string;
}

export class PassOnComplaint {
  /** Who is competent. @example "VOIVODE" */
  @IsCode() to!: string;
}

export class ListComplaints extends PageQuery {
  @IsOptional() @IsId() providerId?: string;
  @IsOptional() @IsId() offerId?: string;
  @IsOptional() @IsIn(complaintStates) state?: ComplaintState;
}

/** Nothing of who complains, or of what was said; each is a look of its own. */
export class ComplaintSummary {
  id!: string;
  version!: number;
  providerId!: string;
  offerId!: string | null;
  channel!: Channel;
  receivedOn!: string;
  dueOn!: string;
  /** The last day for passing it on to who is competent (KPA art. 231). */
  passOnBy!: string;
  state!: ComplaintState;
  /** Account of who examines it. */
  handler!: string | null;
  outcome!: Outcome | null;
  closedOn!: string | null;
}

export class ExtensionView {
  from!: string;
  to!: string;
  reasonCode!: string;
  on!: string;
}

export class ComplaintView extends ComplaintSummary {
  orderId!: string | null;
  anonymous!: boolean;
  personId!: string | null;
  words!: string;
  extensions!: ExtensionView[];
  positionCode!: string | null;
  positionAskedOn!: string | null;
  positionDueOn!: string | null;
  positionGivenOn!: string | null;
  /** What the provider says. */
  position!: string | null;
  answer!: string | null;
  passedOnTo!: string | null;
  closedBy!: string | null;
}

export class ListPositionRequests extends PageQuery {
  @IsOptional() @IsId() providerId?: string;
}

/** All that a provider learns of a complaint about it. */
export class PositionRequestView {
  /** Of the complaint. */
  id!: string;
  version!: number;
  providerId!: string;
  code!: string;
  askedOn!: string;
  dueOn!: string;
  givenOn!: string | null;
}
