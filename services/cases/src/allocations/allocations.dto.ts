import { IsId } from '@okienko/chassis/validation';
import { PageQuery } from '@okienko/chassis/page';
import { IsOptional } from 'class-validator';
import type { UnitOfMeasure } from '../plans/plan-content';
import type { AllocationState } from './allocation';

export class ReferAgain {
  /** Another provider of the same service. */
  @IsId()
  providerId!: string;
}

export class ListAllocations extends PageQuery {
  @IsOptional()
  @IsId()
  planId?: string;
}

export class AllocationView {
  id!: string;
  version!: number;
  planId!: string;
  personId!: string;
  itemId!: string;
  offerId!: string;
  from!: string;
  to!: string;
  quantity!: number;
  unit!: UnitOfMeasure;
  state!: AllocationState;
  providerId!: string | null;
  /** Which referral this is: 1, 2, 3 … */
  attempt!: number;
  orderId!: string | null;
  declineReason!: string | null;
  /** Units delivered and accepted so far. */
  deliveredTotal!: number;
  startedOn!: string | null;
  completedOn!: string | null;
}
