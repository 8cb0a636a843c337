import { MayBeAbsent } from '@okienko/chassis/validation';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsInt, Max, Min } from 'class-validator';
import { type ExcessCover, excessCovers, type ExcessReason, excessReasons } from './excess-permit';

export class PermitExcess {
  /** How much more, in the unit of the order. @example 4 */
  @IsInt() @Min(1) @Max(100_000) quantity!: number;
  /** More than was ordered, than the quotas of the capacity let through, or both; QUANTITY where it is not said. */
  @MayBeAbsent()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(excessCovers, { each: true })
  covers?: ExcessCover[];
  /** @example "EMERGENCY" */
  @IsIn(excessReasons) reasonCode!: ExcessReason;
}

export class ExcessPermitView {
  id!: string;
  version!: number;
  orderId!: string;
  quantity!: number;
  /** @example "HOUR" */
  unit!: string;
  covers!: ExcessCover[];
  reasonCode!: ExcessReason;
  /** Account of the member of staff who gave it. */
  givenBy!: string;
  /** @example "2026-03-02" */
  givenOn!: string;
}
