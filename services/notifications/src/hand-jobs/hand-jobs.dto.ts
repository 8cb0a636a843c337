import type { Day } from '@okienko/contracts/calendar';
import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsId, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { type AddresseeKind, type HandChannelCode, handChannelCodes } from './delivery-terms';
import { type HandJobState, handJobStates, type ReceiptBasis, type ReturnReason, returnReasons } from './hand-job';
import type { PrintRunState } from './print-run';

const number = /^[A-Za-z0-9][A-Za-z0-9()._/-]{0,63}$/;

export class ListHandJobs extends PageQuery {
  /** Only this way. */
  @IsOptional()
  @IsIn(handChannelCodes)
  channel?: HandChannelCode;

  /** Only in this state. */
  @IsOptional()
  @IsIn(handJobStates)
  state?: HandJobState;

  /** Only of messages to this person. */
  @IsOptional()
  @IsUUID()
  personId?: string;
}

export class RecordDispatch {
  @IsDayString()
  sentOn!: Day;

  /** Number of the proof of sending; required where the delivery has to be proved. */
  @MayBeAbsent()
  @Matches(number)
  evidenceNo?: string;

  /** Whether the address belongs to a public entity, to which other terms apply. `NON_PUBLIC` when left out. */
  @MayBeAbsent()
  @IsIn(['NON_PUBLIC', 'PUBLIC'])
  addressee?: AddresseeKind;
}

export class RecordCollection {
  @IsDayString()
  collectedOn!: Day;

  /** Whoever collected it has confirmed it with a signature and the day. */
  @IsBoolean()
  isSigned!: boolean;

  /** The record of the representative who collected it; the addressee did when left out. */
  @MayBeAbsent()
  @IsId()
  representativeId?: string;
}

export class RecordNotice {
  /** When the first notice of the letter was left. */
  @IsDayString()
  noticeLeftOn!: Day;
}

export class RecordReceipt {
  @IsDayString()
  receivedOn!: Day;

  /** Number of the proof of receipt. */
  @MayBeAbsent()
  @Matches(number)
  evidenceNo?: string;
}

export class RecordReturn {
  @IsDayString()
  returnedOn!: Day;

  /** As the post says. */
  @IsIn(returnReasons)
  reason!: ReturnReason;
}

export class HandJobView {
  id!: string;
  version!: number;
  messageId!: string;
  personId!: string;
  channel!: HandChannelCode;
  state!: HandJobState;
  /** Whether its delivery has to be proved. */
  isProofNeeded!: boolean;
  putAt!: Date;
  /** Last day on which to pass it on. */
  dueOn!: Day;
  takenBy!: string | null;
  /** Until when whoever took it tells that it was passed on; then it waits again. */
  leaseUntil!: Date | null;
  printRunId!: string | null;
  dispatchedOn!: Day | null;
  evidenceNo!: string | null;
  noticeLeftOn!: Day | null;
  /** When it counts as received though nobody took it. */
  fictionOn!: Day | null;
  receivedOn!: Day | null;
  receiptBasis!: ReceiptBasis | null;
  reasonCode!: string | null;
}

export class AddresseeView {
  name!: string;
  /** Street, postal code and city; never of a confidential address. */
  postalAddress!: string[] | null;
  /** Address for electronic delivery. */
  ade!: string | null;
}

export class HandJobWithAddressee extends HandJobView {
  /** Null once the person has been erased. */
  addressee!: AddresseeView | null;
}

export class BeginPrintRun {
  /** At most so many letters; as many as a run may have when left out. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(500)
  most?: number;
}

export class RegisteredLetter {
  @IsId()
  jobId!: string;

  /** Number of the registered letter. */
  @Matches(number)
  number!: string;
}

export class ConfirmPrintRun {
  /** When all letters but those not posted were posted. */
  @IsDayString()
  postedOn!: Day;

  /** Numbers of the letters whose delivery has to be proved. */
  @MayBeAbsent()
  @Parts(() => RegisteredLetter, 0, 500)
  @ArrayUnique((letter: Partial<RegisteredLetter> | null) => letter?.jobId)
  registered?: RegisteredLetter[];

  /** Letters that were spoilt or left out: they wait again. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  notPosted?: string[];
}

export class PrintRunView {
  id!: string;
  version!: number;
  state!: PrintRunState;
  takenBy!: string;
  takenAt!: Date;
  /** Until when it is confirmed; then its letters wait again. */
  leaseUntil!: Date;
  postedOn!: Day | null;
  /** In the order in which they are printed. */
  letters!: HandJobView[];
}
