import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsDayString, IsId, IsText, MayBeAbsent, Part, Parts } from '@okienko/chassis/validation';
import { mostGrosze, mostReliefs } from '@okienko/contracts/fees/fee';
import { IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type FeeState, feeStates } from './fee-state';

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
