import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { excessPermitGivenV1 } from '@okienko/contracts/providers/excess-permit-given.v1';
import type { ServiceOrder } from '../service-orders/service-order';

export const excessReasons = [
  'EMERGENCY',
  'NEED_HAS_GROWN',
  'REPLACES_ANOTHER_PROVIDER',
  'PLAN_BEING_UPDATED',
  'OTHER',
] as const;
export type ExcessReason = (typeof excessReasons)[number];

export interface Excess {
  readonly quantity: number;
  readonly covers?: readonly ExcessCover[];
  readonly reasonCode: ExcessReason;
}

/** QUANTITY: more than was ordered. QUOTA: more than a quota of the capacity lets through. */
export const excessCovers = ['QUANTITY', 'QUOTA'] as const;
export type ExcessCover = (typeof excessCovers)[number];

/** By it more may be delivered than was ordered, or than a quota lets through; nothing else allows that. */
export class ExcessPermit {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly orderId: string,
    readonly allocationId: string,
    readonly providerId: string,
    readonly quantity: number,
    readonly unit: ServiceOrder['unit'],
    readonly covers: readonly ExcessCover[],
    readonly reasonCode: ExcessReason,
    readonly gmina: string | null,
    readonly givenBy: string,
    readonly givenOn: Day,
  ) {}

  static give(
    id: string,
    order: ServiceOrder,
    { quantity, covers = ['QUANTITY'], reasonCode }: Excess,
    by: string,
    on: Day,
  ): ExcessPermit {
    if (!order.holdsPlace) throw new NotInState('service order', 'exceeded', 'not in work');
    const { allocationId, providerId, unit, gmina } = order;
    const what = [quantity, unit, covers, reasonCode] as const;
    return new ExcessPermit(id, 0, order.id, allocationId, providerId, ...what, gmina, by, on);
  }

  given(): DomainEvent<typeof excessPermitGivenV1> {
    const { orderId, allocationId, providerId, quantity, unit, covers, reasonCode } = this;
    const data = { orderId, allocationId, providerId, quantity, unit, covers: [...covers], reasonCode };
    return event(excessPermitGivenV1, this.id, data, this.gmina ?? undefined);
  }
}
