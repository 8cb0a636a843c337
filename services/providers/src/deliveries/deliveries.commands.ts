import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { keepAct } from '../access/keep-act';
import { loadOwn } from '../access/load-own';
import { drawDelivered } from '../agreements/cover';
import { actsFor } from '../provider-account';
import { ServiceOrder } from '../service-orders/service-order';
import { Delivery } from './delivery';
import { DeliveryIdTaken, PerformerElsewhere } from './delivery-errors';
import { Recording } from './recording';
import { type Told, type Visit, visitOf } from './visit';

export interface RecordedDelivery extends Told {
  /** Made by the provider's device, so that what it recorded offline can be sent again without effect. */
  readonly id?: string;
  readonly orderId: string;
}

/** What a provider says of its deliveries. */
@Injectable()
export class DeliveryCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async record({ id = uuidv7(), orderId, ...told }: RecordedDelivery, caller: Principal): Promise<Changed> {
    const now = this.clock.now();
    const entry = { id, visit: visitOf(told, now) };
    try {
      return await this.work.run(async (work) => {
        const order = await loadOrder(work, orderId, caller);
        const [recording] = await Recording.toRecord(work, [[order, [entry]]], now);
        if (await recording?.book(entry))
          keepAct(work, caller, this.clock, { providerId: order.providerId, act: 'RECORD_DELIVERY', subjectId: id });
        await Recording.end(work, recording ? [recording] : []);
        return { id, version: 1 };
      });
    } catch (error) {
      if (isUniqueViolation(error, 'delivery_pkey')) throw new DeliveryIdTaken();
      throw isOverlap(error) ? new PerformerElsewhere() : error;
    }
  }

  async correct(id: string, expectedVersion: number, told: Told, caller: Principal): Promise<Changed> {
    const now = this.clock.now();
    const visit = visitOf(told, now);
    try {
      return await this.changeOwn('CORRECT_DELIVERY', id, expectedVersion, caller, async (work, order, delivery) => {
        const before = delivery.visit;
        const recording = await Recording.toCorrect(work, order, { id, visit }, now);
        const corrected = await recording.correct(delivery, visit);
        keepVersion(work, delivery, before, caller.sub, now);
        await work.save(delivery, corrected);
        await Recording.end(work, [recording]);
      });
    } catch (error) {
      throw isOverlap(error) ? new PerformerElsewhere() : error;
    }
  }

  withdraw(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    return this.changeOwn('WITHDRAW_DELIVERY', id, expectedVersion, caller, async (work, order, delivery) => {
      await work.save(delivery, delivery.withdraw());
      await drawDelivered(work, [order.id]);
    });
  }

  private changeOwn(
    name: string,
    id: string,
    expectedVersion: number,
    caller: Principal,
    act: (work: Work, order: ServiceOrder, delivery: Delivery) => Promise<void>,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const order = await loadOrderOf(work, id, caller);
      const delivery = await work.load(Delivery, id, expectedVersion);
      keepAct(work, caller, this.clock, { providerId: order.providerId, act: name, subjectId: id });
      await act(work, order, delivery);
      return { id, version: delivery.version };
    });
  }
}

/** Recordings of one order come one after another under its row lock. */
export function loadOrder(work: Work, orderId: string, caller: Principal): Promise<ServiceOrder> {
  return loadOwn(work, ServiceOrder, orderId, caller);
}

/** Locks are taken in the order "service order, delivery". */
export async function loadOrderOf(work: Work, deliveryId: string, caller: Principal): Promise<ServiceOrder> {
  const [found] = await work.query<{ orderId: string; providerId: string }>(
    'select order_id as "orderId", provider_id as "providerId" from delivery where id = $1',
    [deliveryId],
  );
  if (!found || !actsFor(caller, found.providerId)) throw new NotFound('delivery');
  return work.load(ServiceOrder, found.orderId);
}

/** The database's own word that a performer would be in two places at once. */
export const isOverlap = (error: unknown): boolean =>
  (error as { constraint?: string } | null)?.constraint === 'performer_in_one_place';

function keepVersion({ send }: Work, { id, version }: Delivery, before: Visit, by: string, at: Date): void {
  const { deliveredOn, quantity, startedAt, endedAt, performerId, placeId, outcome, absenceCause } = before;
  send(
    `insert into delivery_version (delivery_id, version, delivered_on, quantity, started_at, ended_at, performer_id, place_id,
       outcome, absence_cause, replaced_at, replaced_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [id, version, deliveredOn, quantity, startedAt, endedAt, performerId, placeId, outcome, absenceCause, at, by],
  );
}
