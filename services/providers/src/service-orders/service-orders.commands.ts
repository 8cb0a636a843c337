import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { keepAct } from '../access/keep-act';
import { loadOwn } from '../access/load-own';
import { coverOf, drawOrder, giveBack } from '../agreements/cover';
import { releasePlace, reservePlace } from '../capacities/reservations.commands';
import { openSurvey } from '../surveys/opening';
import { AnotherOrderInWork, type DeclinationReason, type Referral, ServiceOrder } from './service-order';

@Injectable()
export class ServiceOrderCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** One order per allocation and attempt, however often the referral arrives. */
  receive(allocationId: string, referral: Referral, gmina?: string): Promise<void> {
    return this.work.run(async (work) => {
      const { save, query } = work;
      const [known] = await query('select 1 from service_order where allocation_id = $1 and attempt = $2', [
        allocationId,
        referral.attempt,
      ]);
      if (known) return;
      const order = ServiceOrder.receive(uuidv7(), allocationId, referral, gmina, this.clock.now());
      const received = order.received();
      const [provider] = await query<{ active: boolean }>(
        'select deactivation is null as active from provider where id = $1',
        [referral.providerId],
      );
      // `cases` must hear a "no" that it can act on; a failure here would leave the allocation waiting for ever.
      if (!provider?.active)
        return save(order, received, order.decline(provider ? 'PROVIDER_DEACTIVATED' : 'UNKNOWN_PROVIDER'));
      const answerBy = await this.termByAgreement(work, order);
      const moved = answerBy === undefined || answerBy === order.answerBy ? [] : [order.setAnswerTerm(answerBy)];
      return save(order, received, ...moved);
    });
  }

  /** With a token, it is spent by this act. */
  async accept(id: string, expectedVersion: number, caller: Principal, tokenId?: string): Promise<Changed> {
    try {
      return await this.work.run(async (work) => {
        const order = await loadOwn(work, ServiceOrder, id, caller, expectedVersion);
        if (tokenId !== undefined) order.useToken(tokenId, 'ACCEPT');
        const accepted = order.accept(this.clock.now());
        const cover = await coverOf(work, order);
        if (cover) await drawOrder(work, cover, order);
        await reservePlace(work, order);
        keepAct(work, caller, this.clock, { providerId: order.providerId, act: 'ACCEPT_ORDER', subjectId: id });
        await work.save(order, accepted);
        return { id: order.id, version: order.version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'one_order_in_work') ? new AnotherOrderInWork() : error;
    }
  }

  decline(
    id: string,
    expectedVersion: number,
    reason: DeclinationReason,
    caller: Principal,
    tokenId?: string,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const order = await loadOwn(work, ServiceOrder, id, caller, expectedVersion);
      if (tokenId !== undefined) order.useToken(tokenId, 'DECLINE');
      keepAct(work, caller, this.clock, { providerId: order.providerId, act: 'DECLINE_ORDER', subjectId: id });
      await work.save(order, order.decline(reason, this.clock.now()));
      return { id: order.id, version: order.version };
    });
  }

  complete(id: string, completedOn: Day): Promise<void> {
    return this.work.run(async (work) => {
      const order = await work.load(ServiceOrder, id);
      if (order.isOver) return;
      await work.save(order, order.complete(completedOn));
      await giveBack(work, order.id);
      await releasePlace(work, order.id);
      await openSurvey(work, order, dayOf(this.clock.now()));
    });
  }

  suspend({ allocationId, attempt }: Attempt, from: Day, until?: Day): Promise<void> {
    return this.work.run(async (work) => {
      const order = await orderOf(work, allocationId, attempt);
      if (order?.isInDelivery) await work.save(order, order.suspend(from, until));
    });
  }

  resume({ allocationId, attempt }: Attempt, resumedOn: Day): Promise<void> {
    return this.work.run(async (work) => {
      const order = await orderOf(work, allocationId, attempt);
      if (order?.isPaused) await work.save(order, order.resume(resumedOn));
    });
  }

  /** The centre wants it no more. The provider may have accepted meanwhile; then its place is free again. */
  cancel({ allocationId, attempt }: Attempt, cancelledOn: Day, reasonCode: string): Promise<void> {
    return this.work.run(async (work) => {
      const order = await orderOf(work, allocationId, attempt);
      if (!order || order.isOver) return;
      const { holdsPlace } = order;
      await work.save(order, order.cancel(cancelledOn, reasonCode));
      await giveBack(work, order.id);
      if (holdsPlace) await releasePlace(work, order.id);
    });
  }

  /** Where no agreement covers the order, the term is the referral's; whether it may be accepted is asked when it is. */
  private async termByAgreement(work: Work, order: ServiceOrder): Promise<Day | undefined> {
    const cover = await coverOf(work, order).catch((error: unknown) => {
      if (error instanceof DomainError) return undefined;
      throw error;
    });
    return cover?.answerDays ? addDays(dayOf(this.clock.now()), cover.answerDays) : undefined;
  }
}

export interface Attempt {
  readonly allocationId: string;
  readonly attempt: number;
}

export async function orderOf(work: Work, allocationId: string, attempt: number): Promise<ServiceOrder | undefined> {
  const [found] = await work.query<{ id: string }>(
    'select id from service_order where allocation_id = $1 and attempt = $2',
    [allocationId, attempt],
  );
  return found && work.load(ServiceOrder, found.id);
}
