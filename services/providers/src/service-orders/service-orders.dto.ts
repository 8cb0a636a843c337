import { IsDayString, IsId } from '@okienko/chassis/validation';
import { PageQuery } from '@okienko/chassis/page';
import { IsIn, IsOptional } from 'class-validator';
import { type Side, sides } from '@okienko/contracts/order-request';
import { OrderRequestView } from './order-correspondence.dto';
import { declinationReasons, type ServiceOrderState, serviceOrderStates } from './service-order';

export class DeclineServiceOrder {
  /** Why the provider cannot take the order. @example "NO_CAPACITY" */
  @IsIn(declinationReasons) reasonCode!: (typeof declinationReasons)[number];
}

export class ListServiceOrders extends PageQuery {
  /** @example "RECEIVED" */
  @IsOptional() @IsIn(serviceOrderStates) state?: ServiceOrderState;
  /** Orders of one allocation, one for each attempt. */
  @IsOptional() @IsId() allocationId?: string;
  /** Orders that await an answer until this day at the latest. @example "2026-03-07" */
  @IsOptional() @IsDayString() answerUntil?: string;
  /** Orders with an open request that this side has to answer. @example "PROVIDER" */
  @IsOptional() @IsIn(sides) awaiting?: Side;
}

export class ServiceOrderView {
  id!: string;
  version!: number;
  allocationId!: string;
  /** 1 for the first referral of the allocation, 2 for the next … */
  attempt!: number;
  providerId!: string;
  offerId!: string;
  /** First day on which it may be delivered. @example "2026-03-02" */
  from!: string;
  /** Last day on which it may be delivered. @example "2026-12-31" */
  to!: string;
  /** How much is ordered, in `unit`. @example 40 */
  quantity!: number;
  /** @example "HOUR" */
  unit!: string;
  state!: ServiceOrderState;
  /** The last day for an answer; after it the order lapses. @example "2026-03-07" */
  answerBy!: string | null;
  /** The first day of a pause that has not ended. */
  suspendedFrom!: string | null;
  /** Why the centre took the order back. @example "NO_ANSWER" */
  cancelReason!: string | null;
  /** When it is performed, as was agreed after the referral. @example "MORNINGS" */
  scheduleCode!: string | null;
  /** The provider's place where it is performed, as was agreed after the referral. */
  placeId!: string | null;
  /** What the provider and the centre have asked of each other, oldest first. */
  requests!: OrderRequestView[];
}
