import { IsIn, IsInt, Max, Min } from 'class-validator';
import { type ExcessReason, excessReasons } from './excess-permit';

export class PermitExcess {
  /** How much more than was ordered, in the unit of the order. @example 4 */
  @IsInt() @Min(1) @Max(100_000) quantity!: number;
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
  reasonCode!: ExcessReason;
  /** Account of the member of staff who gave it. */
  givenBy!: string;
  /** @example "2026-03-02" */
  givenOn!: string;
}
