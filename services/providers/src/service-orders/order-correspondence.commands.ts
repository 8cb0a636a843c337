import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import type { ChangedTerms, NewRequest, RequestAnswer } from '@okienko/contracts/order-request';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { loadOwn } from '../access/load-own';
import { drawChanged } from '../agreements/cover';
import { shortenPlace } from '../capacities/reservations.commands';
import { recordedUnder } from '../deliveries/recorded';
import { orderTermsOn } from '../terms/order-terms';
import { endOf } from './answer-token';
import { assertCentre } from '../access/centre-only';
import { AnswerTokenIssuer } from './answer-token.issuer';
import type { RequestRaised } from './order-correspondence.dto';
import { ServiceOrder } from './service-order';
import { type Attempt, orderOf } from './service-orders.commands';

/** Orders a transaction. */
const batch = 100;

export interface IssuedToken extends Changed {
  readonly tokenId: string;
  readonly providerId: string;
  readonly expiresAt: string;
}

/** What a provider and the centre say to each other about an order. */
@Injectable()
export class OrderCorrespondenceCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly tokens: AnswerTokenIssuer,
  ) {}

  putAnswerOff(id: string, expectedVersion: number, answerBy: Day, caller: Principal): Promise<Changed> {
    return this.change(id, expectedVersion, caller, (order) => order.putAnswerOff(answerBy, this.today));
  }

  async ask(
    id: string,
    expectedVersion: number,
    asked: Pick<NewRequest, 'kind' | 'code' | 'terms'>,
    caller: Principal,
  ): Promise<RequestRaised> {
    return this.work.run(async (work) => {
      const order = await loadOwn(work, ServiceOrder, id, caller, expectedVersion);
      const request = { id: uuidv7(), raisedBy: 'PROVIDER', raisedOn: this.today, ...asked } as const;
      await work.save(order, order.ask(request, await recordedUnder(work, id)));
      return { id, version: order.version, requestId: request.id };
    });
  }

  answer(
    id: string,
    expectedVersion: number,
    requestId: string,
    answer: Omit<RequestAnswer, 'answeredOn'>,
    caller: Principal,
  ): Promise<Changed> {
    return this.change(id, expectedVersion, caller, (order) =>
      order.answer(requestId, { ...answer, answeredOn: this.today }),
    );
  }

  hear({ allocationId, attempt }: Attempt, request: NewRequest): Promise<void> {
    return this.heard(allocationId, attempt, (order) => order.hear(request));
  }

  hearAnswer({ allocationId, attempt }: Attempt, requestId: string, answer: RequestAnswer): Promise<void> {
    return this.heard(allocationId, attempt, (order) => order.hearAnswer(requestId, answer));
  }

  /** What the order draws on its agreement and the days of its place follow. */
  changeTerms({ allocationId, attempt }: Attempt, terms: ChangedTerms): Promise<void> {
    return this.work.run(async (work) => {
      const order = await orderOf(work, allocationId, attempt);
      if (!order?.holdsPlace) return;
      await work.save(order, order.change(terms, await recordedUnder(work, order.id)));
      await drawChanged(work, order.id);
      await shortenPlace(work, order);
    });
  }

  issueToken(id: string, expectedVersion: number, caller: Principal): Promise<IssuedToken> {
    return this.work.run(async (work) => {
      assertCentre(caller);
      const order = await work.load(ServiceOrder, id, expectedVersion);
      this.tokens.assertOn();
      const tokenId = uuidv7();
      const lastDay = order.answerBy ?? addDays(this.today, orderTermsOn(this.today).answerTokenDays);
      const expiresAt = endOf(lastDay);
      await work.save(order, order.issueToken(tokenId, expiresAt));
      const { version, providerId } = order;
      return { id, version, tokenId, providerId, expiresAt: expiresAt.toISOString() };
    });
  }

  async revokeToken(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(ServiceOrder, id, expectedVersion, (order) => order.revokeToken());
  }

  /** Reminds of answers that are due soon, each once a term; answers whether there may be more. Replicas pass over each other's. */
  remind(): Promise<boolean> {
    return this.work.run(async ({ query, load, save }) => {
      const last = addDays(this.today, orderTermsOn(this.today).remindBefore);
      const due = await query<{ id: string }>(toRemind, [this.today, last, batch]);
      for (const { id } of due) {
        const order = await load(ServiceOrder, id);
        await save(order, order.remind(this.today));
      }
      return due.length === batch;
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }

  private change(
    id: string,
    expectedVersion: number,
    caller: Principal,
    act: (order: ServiceOrder) => DomainEvent,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const order = await loadOwn(work, ServiceOrder, id, caller, expectedVersion);
      await work.save(order, act(order));
      return { id, version: order.version };
    });
  }

  /** What `cases` says; nothing when it is known already, or comes too late. */
  private heard(
    allocationId: string,
    attempt: number,
    act: (order: ServiceOrder) => DomainEvent | undefined,
  ): Promise<void> {
    return this.work.run(async (work) => {
      const order = await orderOf(work, allocationId, attempt);
      const stated = order && act(order);
      if (stated) await work.save(order, stated);
    });
  }
}

// The condition is that of index `service_order_to_remind`.
export const toRemind = `
  select id from service_order
  where state = 'RECEIVED' and reminded_on is null and answer_by between $1 and $2
  order by answer_by, id limit $3 for update skip locked`;
