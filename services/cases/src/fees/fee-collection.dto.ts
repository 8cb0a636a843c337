import { IsCode, IsDayString, IsId, IsText, MayBeAbsent } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, IsUUID, Max, Min } from 'class-validator';
import { mostPaid } from './bank-statement';

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

export class RefundSurplus {
  /** The day on which it was given back; today or earlier. */
  @IsDayString()
  refundedOn!: string;

  /** No more than the surplus. */
  @IsInt()
  @Min(1)
  @Max(mostPaid)
  grosze!: number;

  /** Why there was one, as a code. @example "OVERPAID" */
  @IsCode()
  reasonCode!: string;
}

export class FeeDecided {
  id!: string;
  version!: number;
  decisionId!: string;
}
