import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent, Part, Parts } from '@okienko/chassis/validation';
import { mostGrosze, mostReliefs } from '@okienko/contracts/fees/fee';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { DeliveryChannel } from '../decisions/delivery';
import type { ChargeState } from './charges';
import { type FeeState, feeStates } from './fee';

export class GrantedReliefItem {
  /** Of the programme, one that it leaves to the centre’s discretion. @example "HARDSHIP" */
  @IsCode()
  code!: string;

  /** One of the reasons that the programme names. Kept encrypted. */
  @IsCode()
  reason!: string;
}

export class StatedPriceItem {
  /** Of one unit or period, in grosze. */
  @IsInt()
  @Min(0)
  @Max(mostGrosze)
  grosze!: number;

  /** ONCE, a period of the calendar (DAY, WEEK, MONTH, YEAR), or a unit such as HOUR. */
  @IsCode()
  per!: string;

  /** Where the programme says so. @example "§ 7 ust. 2 programu" */
  @IsText(1, 200)
  basis!: string;
}

export class ReviseFee {
  /** First day on which this counts. */
  @IsDayString()
  from!: string;

  /** Granted by the director or the services organiser. */
  @MayBeAbsent()
  @Parts(() => GrantedReliefItem, 0, mostReliefs)
  reliefsGranted?: GrantedReliefItem[];

  /** Only where the programme has the fee in words. */
  @MayBeAbsent()
  @Part(() => StatedPriceItem)
  stated?: StatedPriceItem;

  /** Units asked for, where another number than the application’s is meant. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  units?: number;

  /** NRB of an account of the centre that is this fee’s alone; the centre’s common account unless given. */
  @MayBeAbsent()
  @Matches(/^\d{26}$/)
  virtualAccount?: string;
}

export class AssessFee extends ReviseFee {
  /** Last day for which it is paid. */
  @IsDayString()
  to!: string;

  /** To be paid within so many days of the start of each instalment, or of its being charged (art. 43(1)); 14 unless said otherwise. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(90)
  dueDays?: number;
}

export class TryFee {
  @IsDayString()
  from!: string;

  @IsDayString()
  to!: string;

  /** As if they had been granted. */
  @MayBeAbsent()
  @Parts(() => GrantedReliefItem, 0, mostReliefs)
  reliefsGranted?: GrantedReliefItem[];

  /** Units asked for, where another number than the application’s is meant. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  units?: number;
}

export class EndFee {
  /** Last day of the right to the service. What is charged for later days is credited (art. 44(1)). */
  @IsDayString()
  lastDay!: string;
}

export class DecideOnFee {
  /** Number of the decision in the centre’s register; each is used once, by whatever kind of decision. */
  @IsText(1, 100)
  number!: string;

  /** Provisions that the decision rests on. */
  @IsText(1, 500)
  legalBasis!: string;

  /** Why, in plain words for the person. Kept encrypted. */
  @IsText(1, 10000)
  reasons!: string;

  /** Your own authorisation to issue decisions. */
  @IsId()
  authorisationId!: string;
}

export class DeliverFeeDecision {
  /** Day on which the person received it. */
  @IsDayString()
  deliveredOn!: string;

  @IsIn(['E_DORECZENIA', 'POST', 'IN_PERSON'])
  channel!: DeliveryChannel;
}

export class EnforceFee {
  /** Day of the writ of enforcement. */
  @IsDayString()
  startedOn!: string;
}

export class WaiveFee {
  /** Why it is justified. Kept encrypted. */
  @IsText(1, 5000)
  reason!: string;

  /** Instalments; all that are open unless given. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  chargeIds?: string[];
}

export class ListFees extends PageQuery {
  @IsOptional()
  @IsId()
  applicationId?: string;

  @IsOptional()
  @IsId()
  personId?: string;

  @IsOptional()
  @IsIn(feeStates)
  state?: FeeState;
}

export class ChargeMade {
  id!: string;
  from!: string;
  to!: string;
  grosze!: number;
  /** Day of payment. */
  dueOn!: string;
}

/** How it came about is in `GET /fees/{id}`. */
export class FeeChanged {
  id!: string;
  version!: number;
  state!: FeeState;
  /** ONCE, a period of the calendar, or a unit. */
  per!: string;
  /** Of one unit or period, after reliefs. */
  grosze!: number;
  openGrosze!: number;
  /** To be named in the transfer (ISO 11649). */
  reference!: string;
  /** Account of the centre (NRB) to pay to; none while nothing is due. */
  account!: string | null;
  charges!: ChargeMade[];
  currency!: 'PLN';
}

export class FeeDecided {
  id!: string;
  version!: number;
  decisionId!: string;
}

export class AmountRange {
  leastGrosze!: number;
  mostGrosze!: number;
}

export class InstalmentView {
  from!: string;
  to!: string;
  grosze!: number;
  /** Of units, how many. */
  quantity?: number;
}

export class MissingFact {
  /** JSON Pointer into the facts, or the relief that asks for it. */
  pointer!: string;
  detail!: string;
}

export class RoundingView {
  code!: 'PERCENT' | 'INCOMPLETE_PERIOD' | 'DELIVERED_UNITS';
  /** What is rounded and when, in Polish. */
  says!: string;
  direction!: 'DOWN' | 'NONE';
  basis!: string;
}

export class FeeTrialView {
  outcome!: 'KNOWN' | 'UNKNOWN';
  per!: string | null;
  /** For one unit or period: the least and the most that it may be. */
  amount!: AmountRange | null;
  /** For as many units as are asked for. */
  total!: AmountRange | null;
  /** When the amount is known and does not depend on what will be delivered. */
  instalments!: InstalmentView[];
  /** What would have to be told. */
  missing!: MissingFact[];
  /** The way to the amount, in Polish. */
  steps!: string[];
  roundings!: RoundingView[];
  currency!: 'PLN';
}

export class ChargeView extends ChargeMade {
  /** Of units, how many. */
  quantity?: number;
  state!: ChargeState;
  /** Taken back since. */
  credited!: number;
  waived!: number;
  paid!: number;
  decisionId?: string;
}

export class RateView {
  from!: string;
  grosze!: number;
}

export class PaymentOfFeeView {
  id!: string;
  bookedOn!: string;
  grosze!: number;
}

export class FeeDeliveryView {
  deliveredOn!: string;
  channel!: DeliveryChannel;
  appealUntil!: string;
}

export class FeeDecisionView {
  id!: string;
  number!: string;
  legalBasis!: string;
  reasons!: string;
  authorisationId!: string;
  grosze!: number;
  appealDays!: number;
  issuedBy!: string;
  issuedOn!: string;
  delivery?: FeeDeliveryView;
  enforcedOn?: string;
}

export class AssessmentNoteView {
  /** First day on which it counts. */
  from!: string;
  on!: string;
  by!: string;
  steps!: string[];
  reliefsGranted!: GrantedReliefItem[];
}

export class WaiverView {
  on!: string;
  reason!: string;
}

export class BalanceView {
  /** All charges, less what was credited. */
  chargedGrosze!: number;
  waivedGrosze!: number;
  paidGrosze!: number;
  /** Still to be paid, due or not. */
  openGrosze!: number;
  /** Of it, what is past its day. */
  overdueGrosze!: number;
  /** Paid and not needed for any charge so far. */
  surplusGrosze!: number;
  currency!: 'PLN';
}

export class FeeRow {
  id!: string;
  version!: number;
  unit!: string;
  applicationId!: string;
  itemId!: string;
  personId!: string;
  serviceCode!: string;
  programmeVersion!: number;
  state!: FeeState;
  per!: string;
  from!: string;
  to!: string;
  reference!: string;
  account!: string | null;
  /** Next day of payment. */
  dueOn!: string | null;
  /** Earliest day of payment that has passed unpaid and undecided. */
  overdueSince!: string | null;
  balance!: BalanceView;
}

export class FeeView extends FeeRow {
  dueDays!: number;
  rates!: RateView[];
  charges!: ChargeView[];
  payments!: PaymentOfFeeView[];
  decisions!: FeeDecisionView[];
  assessments!: AssessmentNoteView[];
  waivers!: WaiverView[];
  roundings!: RoundingView[];
}
