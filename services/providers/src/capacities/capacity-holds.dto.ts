import { IsDayString, IsId } from '@okienko/chassis/validation';
import { allocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import type { Unit } from './quotas';

export class HoldPlace {
  /** The allocation for which the place is held; its order takes over what is held for it. */
  @IsId() holderRef!: string;
  /** First day. @example "2026-03-02" */
  @IsDayString() from!: string;
  /** Last day. @example "2026-03-31" */
  @IsDayString() to!: string;
  /** How much is to be delivered, in `unit`; it counts against the quotas. */
  @IsInt() @Min(1) @Max(1_000_000) quantity!: number;
  @IsIn(allocationReferredV1.properties.unit.enum) unit!: Unit;
  /** For how long: what is not confirmed by then is free again. @example 15 */
  @IsInt() @Min(1) @Max(1440) minutes!: number;
}

export class HeldPlace {
  id!: string;
  capacityId!: string;
  /** Until then it can be confirmed. */
  expiresAt!: string;
}

export class HoldView {
  id!: string;
  /** The allocation that has the place. */
  holderRef!: string | null;
  /** The order that has it, once there is one. */
  orderId!: string | null;
  from!: string;
  to!: string;
  quantity!: number | null;
  unit!: string | null;
  /** null when it is confirmed, or an order's. */
  expiresAt!: string | null;
}
