import type { Principal } from '@okienko/chassis/access';
import { has } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import type { DomainEvent } from '@okienko/contracts/event';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { assertCentre } from '../access/centre-only';
import { drawDelivered } from '../agreements/cover';
import { loadOrder, loadOrderOf } from './deliveries.commands';
import type { MonthAccepted } from './deliveries.dto';
import { type Confirmation, Delivery, type DisputeCause } from './delivery';
import { DeskConfirmsForRecipient } from './delivery-errors';

/** At most so many at once; what is left is told. */
const mostAtOnce = 500;

/** What the centre says of deliveries. */
@Injectable()
export class DeliveryDecisions {
  constructor(private readonly work: UnitOfWork) {}

  accept(id: string, expectedVersion: number, confirmedBy: Confirmation, caller: Principal): Promise<Changed> {
    assertMayAccept(caller, confirmedBy);
    return this.change(id, expectedVersion, caller, (delivery) => [delivery.accept(caller.sub, confirmedBy)]);
  }

  /** All of an order in a month that nobody disputes. */
  acceptMonth(orderId: string, month: string, confirmedBy: Confirmation, caller: Principal): Promise<MonthAccepted> {
    assertMayAccept(caller, confirmedBy);
    return this.work.run(async (work) => {
      await loadOrder(work, orderId, caller);
      const due = await work.query<{ id: string }>(undisputed, [orderId, `${month}-01`]);
      for (const { id } of due.slice(0, mostAtOnce)) {
        const delivery = await work.load(Delivery, id);
        await work.save(delivery, delivery.accept(caller.sub, confirmedBy));
      }
      const accepted = Math.min(due.length, mostAtOnce);
      return { id: orderId, month, accepted, left: due.length - accepted };
    });
  }

  dispute(id: string, expectedVersion: number, causeCode: DisputeCause, caller: Principal): Promise<Changed> {
    return this.change(id, expectedVersion, caller, (delivery) => [delivery.dispute(causeCode)]);
  }

  withdrawAcceptance(
    id: string,
    expectedVersion: number,
    causeCode: DisputeCause,
    caller: Principal,
  ): Promise<Changed> {
    return this.change(id, expectedVersion, caller, (delivery) => delivery.withdrawAcceptance(causeCode));
  }

  reject(id: string, expectedVersion: number, reasonCode: DisputeCause, caller: Principal): Promise<Changed> {
    return this.change(
      id,
      expectedVersion,
      caller,
      (delivery) => [delivery.reject(reasonCode)],
      (work, { orderId }) => drawDelivered(work, [orderId]),
    );
  }

  private change(
    id: string,
    expectedVersion: number,
    caller: Principal,
    act: (delivery: Delivery) => readonly [DomainEvent, ...DomainEvent[]],
    after?: (work: Work, delivery: Delivery) => Promise<void>,
  ): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async (work) => {
      await loadOrderOf(work, id, caller);
      const delivery = await work.load(Delivery, id, expectedVersion);
      await work.save(delivery, ...act(delivery));
      await after?.(work, delivery);
      return { id, version: delivery.version };
    });
  }
}

function assertMayAccept(caller: Principal, confirmedBy: Confirmation): void {
  assertCentre(caller);
  if (confirmedBy === 'COORDINATOR' && !has(caller, 'coordinator', 'services-organiser', 'finance'))
    throw new DeskConfirmsForRecipient();
}

const undisputed = `
  select id from delivery
  where order_id = $1 and delivered_on >= $2::date and delivered_on < $2::date + interval '1 month'
    and state in ('RECORDED', 'CORRECTED')
  order by id`;
