import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent, Parts } from '@okienko/chassis/validation';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { documentKinds, returnReasons, type ReturnReason, settlementStates, type SettlementState } from './settlement';
import { type Outcome, type Rule, rules } from './settlement-line';

const IsMonth = (): PropertyDecorator =>
  Matches(/^20\d{2}-(0[1-9]|1[0-2])$/, { message: '$property must be a month as YYYY-MM' });

export class OpenSettlement {
  @IsId() agreementId!: string;
  /** A month that has begun. @example "2026-03" */
  @IsMonth() month!: string;
}

export class StatedCostItem {
  /** The service that it was spent on. */
  @IsId() offerId!: string;
  /** What it was for. @example "WAGES" */
  @IsCode() category!: string;
  /** The invoice, bill or payroll that proves it. @example "FV/12/2026" */
  @IsText(1, 60) documentNumber!: string;
  @IsDayString() issuedOn!: string;
  /** As much of it as the grant bears. @example 120000 */
  @IsInt() @Min(1) @Max(1_000_000_000_000) grosze!: number;
}

export class StateCosts {
  /** All of them; they take the place of those stated before. */
  @Parts(() => StatedCostItem, 0, 1000) costs!: StatedCostItem[];
}

export class SubmitSettlement {
  @IsIn(documentKinds) kind!: (typeof documentKinds)[number];
  /** @example "FV/4/2026" */
  @IsText(1, 60) number!: string;
  @IsDayString() issuedOn!: string;
  /** What the document is about, tax included; as much as the settlement comes to. @example 54000 */
  @IsInt() @Min(Number.MIN_SAFE_INTEGER) @Max(Number.MAX_SAFE_INTEGER) grosze!: number;
}

export class ReturnSettlement {
  @IsIn(returnReasons) reasonCode!: ReturnReason;
}

export class PaySettlement {
  /** The day on which the account was debited. @example "2026-04-20" */
  @IsDayString() paidOn!: string;
}

export class ListSettlements extends PageQuery {
  @IsOptional() @IsId() agreementId?: string;
  @IsOptional() @IsMonth() month?: string;
  @IsOptional() @IsIn(settlementStates) state?: SettlementState;
}

export class ListSettlementLines extends PageQuery {
  /** Lines with this reason only. @example "REVERSAL" */
  @MayBeAbsent() @IsIn(rules) rule?: Rule;
}

export class OfferTotalView {
  offerId!: string;
  unit!: string;
  /** Units delivered, less those taken back. */
  quantity!: number;
  grosze!: number;
}

export class FundingPartView {
  /** As the agreement names it; UNSPECIFIED where it names none. @example "EU" */
  source!: string;
  grosze!: number;
}

export class SettlementDocumentView {
  kind!: (typeof documentKinds)[number];
  number!: string;
  issuedOn!: string;
  grosze!: number;
}

export class StatedCostView {
  offerId!: string;
  category!: string;
  documentNumber!: string;
  issuedOn!: string;
  grosze!: number;
}

/** Money in integer grosze; less than zero where corrections take back more than the month brings. */
export class SettlementView {
  id!: string;
  version!: number;
  agreementId!: string;
  providerId!: string;
  /** @example "2026-03" */
  month!: string;
  state!: SettlementState;
  grosze!: number;
  currency!: 'PLN';
  lines!: number;
  /** Lines without a price in the agreement; there must be none when it is handed in. */
  unpriced!: number;
  /** They add up to the whole. */
  offers!: OfferTotalView[];
  /** They add up to the whole as well. */
  funding!: FundingPartView[];
  costs!: StatedCostView[];
  document!: SettlementDocumentView | null;
  /** SHA-256 of the lines. */
  digest!: string;
  submittedBy!: string | null;
  checkedBy!: string | null;
  approvedBy!: string | null;
  returnReason!: ReturnReason | null;
  paidOn!: string | null;
}

/** quantity × price × part / whole = amount, half a grosz counting up. */
export class SettlementLineView {
  no!: number;
  rule!: Rule;
  day!: string;
  /** Of a day before the month of the settlement. */
  late!: boolean;
  offerId!: string;
  unit!: string;
  quantity!: number;
  priceGrosze!: number;
  part!: number;
  whole!: number;
  grosze!: number;
  deliveryId!: string | null;
  outcome!: Outcome | null;
  /** The settlement that paid what is taken back here. */
  corrects!: string | null;
  category!: string | null;
}

/** The same settlement computed from the events alone, as they were said until it was computed last. */
export class RecomputationView {
  /** Of the lines that are kept. */
  digest!: string;
  recomputedDigest!: string;
  recomputedGrosze!: number;
  recomputedLines!: number;
  equal!: boolean;
}

/** How much of an agreement is used, as it is seen when it is ordered, when it is delivered and when it is invoiced. */
export class DrawDownView {
  agreementId!: string;
  /** Null where the agreement has none. */
  ceilingGrosze!: number | null;
  orderedGrosze!: number;
  deliveredGrosze!: number;
  /** Handed in by the provider, whether it was approved yet or not. */
  invoicedGrosze!: number;
  approvedGrosze!: number;
  paidGrosze!: number;
}
