import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { keepAct } from '../access/keep-act';
import { actsFor, isProviderAccount } from '../provider-account';
import { ServiceOrder } from '../service-orders/service-order';
import { type Delivered, Delivery, DeliveryIdTaken, ProviderCannotAcceptDelivery } from './delivery';

export interface RecordedDelivery extends Delivered {
  /** Made by the provider's device, so that what it recorded offline can be sent again without effect. */
  readonly id?: string;
  readonly orderId: string;
}

@Injectable()
export class DeliveryCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async record({ id: given, orderId, ...delivered }: RecordedDelivery, caller: Principal): Promise<Changed> {
    const id = given ?? uuidv7();
    try {
      return await this.work.run(async (work) => {
        // Recordings of one order come one after another under its row lock, so the total below is the total.
        const order = await work.load(ServiceOrder, orderId);
        if (!actsFor(caller, order.providerId)) throw new NotFound('service order');
        if (!(await isRecorded(work, id, orderId, delivered))) {
          const { deliveredOn, quantity } = delivered;
          order.checkDelivery(deliveredOn, quantity, await recordedTotal(work, orderId), dayOf(this.clock.now()));
          if (order.awaitsFirstDelivery) await work.save(order, order.start(deliveredOn));
          const delivery = Delivery.record(id, order, delivered);
          keepAct(work, caller, this.clock, { providerId: order.providerId, act: 'RECORD_DELIVERY', subjectId: id });
          await work.save(delivery, delivery.recorded());
        }
        return { id, version: 1 };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'delivery_pkey') ? new DeliveryIdTaken() : error;
    }
  }

  accept(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      if (isProviderAccount(caller)) throw new ProviderCannotAcceptDelivery();
      const delivery = await load(Delivery, id, expectedVersion);
      await save(delivery, delivery.accept(caller.sub));
      return { id: delivery.id, version: delivery.version };
    });
  }
}

async function isRecorded({ query }: Work, id: string, orderId: string, delivered: Delivered): Promise<boolean> {
  const [known] = await query<Delivered & { orderId: string }>(
    'select order_id as "orderId", delivered_on as "deliveredOn", quantity from delivery where id = $1',
    [id],
  );
  if (!known) return false;
  const { deliveredOn, quantity } = delivered;
  if (known.orderId === orderId && known.deliveredOn === deliveredOn && known.quantity === quantity) return true;
  throw new DeliveryIdTaken();
}

async function recordedTotal({ query }: Work, orderId: string): Promise<number> {
  const [row] = await query<{ total: number }>(
    'select coalesce(sum(quantity), 0)::int as total from delivery where order_id = $1',
    [orderId],
  );
  return row?.total ?? 0;
}
