import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import type { AllocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { releasePlace, reservePlace } from '../capacities/reservations.commands';
import { actsFor } from '../provider-account';
import { type DeclinationReason, ServiceOrder } from './service-order';

@Injectable()
export class ServiceOrderCommands {
  constructor(private readonly work: UnitOfWork) {}

  /** One order per allocation and attempt, however often the referral arrives. */
  receive(allocationId: string, referral: AllocationReferredV1, gmina?: string): Promise<void> {
    return this.work.run(async ({ save, query }) => {
      const [known] = await query('select 1 from service_order where allocation_id = $1 and attempt = $2', [
        allocationId,
        referral.attempt,
      ]);
      if (known) return;
      const order = ServiceOrder.receive(uuidv7(), allocationId, referral, gmina);
      const received = order.received();
      const [provider] = await query('select 1 from provider where id = $1', [referral.providerId]);
      // `cases` must hear a "no" that it can act on; a failure here would leave the allocation waiting for ever.
      if (provider) await save(order, received);
      else await save(order, received, order.decline('UNKNOWN_PROVIDER'));
    });
  }

  accept(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const order = await loadOwn(work, id, expectedVersion, caller);
      const accepted = order.accept();
      await reservePlace(work, order);
      await work.save(order, accepted);
      return { id: order.id, version: order.version };
    });
  }

  decline(id: string, expectedVersion: number, reason: DeclinationReason, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const order = await loadOwn(work, id, expectedVersion, caller);
      await work.save(order, order.decline(reason));
      return { id: order.id, version: order.version };
    });
  }

  complete(id: string, completedOn: string): Promise<void> {
    return this.work.run(async (work) => {
      const order = await work.load(ServiceOrder, id);
      if (order.isCompleted) return;
      await work.save(order, order.complete(completedOn));
      await releasePlace(work, order.id);
    });
  }
}

/** Another's order answers like one that does not exist, whatever version was named. */
async function loadOwn({ load }: Work, id: string, expectedVersion: number, caller: Principal): Promise<ServiceOrder> {
  const order = await load(ServiceOrder, id);
  if (!actsFor(caller, order.providerId)) throw new NotFound('service order');
  if (order.version !== expectedVersion) throw new StaleVersion(expectedVersion, order.version);
  return order;
}
