import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min, NotEquals } from 'class-validator';
import { mostLines, mostPaid, type StatementLine } from './bank-statement';
import type { PaymentResult } from './fee';
import type { LineResult } from './payment-lines';

export class StatementLineItem implements StatementLine {
  @IsDayString()
  bookedOn!: string;

  /** Integer grosze; below zero for what was paid out, which is passed over. */
  @IsInt()
  @Min(-mostPaid)
  @Max(mostPaid)
  @NotEquals(0)
  grosze!: number;

  /** What the bank calls this movement; with day and amount it makes sure that none counts twice. */
  @IsText(1, 100)
  bankReference!: string;

  /** What the payer wrote. Only of a payment that cannot be matched is it kept, encrypted. */
  @IsString()
  @MaxLength(1000)
  title!: string;

  @MayBeAbsent()
  @IsText(1, 64)
  payerAccount?: string;

  /** Account of the centre that it came to: digits alone. */
  @MayBeAbsent()
  @IsText(1, 64)
  account?: string;
}

/** Either of the two. */
export class ImportStatement {
  /**
   * A line of names (`bookedOn`, `amount`, `currency`, `title`, `bankReference`, perhaps `payerAccount` and `account`), then one line for each
   * movement; comma or semicolon between the fields. `amount` with a comma or point is in złoty (`1 234,50`), of digits alone in grosze.
   */
  @MayBeAbsent()
  @IsString()
  @MaxLength(1_000_000)
  csv?: string;

  @MayBeAbsent()
  @Parts(() => StatementLineItem, 1, mostLines)
  lines?: StatementLineItem[];
}

export class HowToImportPayments {
  /** `true`: tells what would become of each line and keeps nothing. */
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}

export class LineReport {
  /** 1, 2, 3 … */
  line!: number;
  /**
   * EXACT: it paid one or more instalments; PART: one is paid in part; OVER: more than is charged; UNMATCHED: a clerk has to find the fee;
   * DUPLICATE: counted before; OUTGOING: passed over.
   */
  result!: LineResult | 'DUPLICATE' | 'OUTGOING';
  feeId!: string | null;
  /** None of a dry run, a duplicate or an outgoing payment. */
  paymentId!: string | null;
}

export class ImportReport {
  lines!: LineReport[];
}

export class RecordPayment {
  @IsDayString()
  bookedOn!: string;

  @IsInt()
  @Min(1)
  @Max(mostPaid)
  grosze!: number;

  /** Number of the receipt or other document; with day and amount it makes sure that none counts twice. @example "KP/17/2026" */
  @IsText(1, 100)
  documentNumber!: string;
}

export class PaymentRecorded {
  /** The fee, with its version. */
  id!: string;
  version!: number;
  paymentId!: string;
  result!: PaymentResult;
}

export class AssignPayment {
  @IsId()
  feeId!: string;
}

export class DismissPayment {
  /** Why it is for no fee, as a code. @example "RETURNED_TO_PAYER" */
  @IsCode()
  reasonCode!: string;
}

export class ListPayments extends PageQuery {
  @IsOptional()
  @IsIn(['EXACT', 'PART', 'OVER', 'UNMATCHED', 'DISMISSED'])
  result?: LineResult;
}

export class PaymentRow {
  id!: string;
  source!: 'STATEMENT' | 'HAND';
  bookedOn!: string;
  grosze!: number;
  bankReference!: string;
  result!: LineResult;
  feeId!: string | null;
  recordedAt!: string;
}

export class PaymentView extends PaymentRow {
  /** What the payer wrote; only while it is not known which fee is meant. */
  title!: string | null;
  payerAccount!: string | null;
  /** Why it is for no fee; of one that was dismissed. */
  dismissedFor!: string | null;
}
