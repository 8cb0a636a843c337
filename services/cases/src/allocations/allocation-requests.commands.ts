import { Injectable } from '@nestjs/common';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { NewRequest, RequestAnswer } from '@okienko/contracts/order-request';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { type Access, PersonalData } from '../access/personal-data';
import { clockUntil } from '../terms/clocks';
import type { RequestAnswered, RequestRaised } from './allocation-requests.dto';
import type { Answer } from './allocations.commands';
import { type Matter, matterOf, visibleMatter } from './matter';
import { awaitAnswer } from './referring';
import { keepRequestClock, settle } from './request-settling';

/** What the centre and a provider ask of each other about a service, and answer. */
@Injectable()
export class AllocationRequestCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  ask(
    id: string,
    expectedVersion: number,
    asked: Pick<NewRequest, 'kind' | 'code' | 'terms'>,
    access: Access,
  ): Promise<RequestRaised> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const matter = await visibleMatter(work, id, access.caller, expectedVersion);
      const { allocation } = matter;
      const request = { id: uuidv7(), raisedBy: 'CENTRE', raisedOn: this.today, ...asked } as const;
      await work.save(allocation, allocation.ask(request));
      keepRequestClock(work, matter, request.id);
      await this.log(work, matter, access);
      return { id, version: allocation.version, requestId: request.id };
    });
  }

  answer(
    id: string,
    expectedVersion: number,
    requestId: string,
    answer: Omit<RequestAnswer, 'answeredOn'>,
    access: Access,
  ): Promise<RequestAnswered> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const matter = await visibleMatter(work, id, access.caller, expectedVersion);
      const { allocation } = matter;
      const { request, answered } = allocation.answer(requestId, { ...answer, answeredOn: this.today });
      const restId = await settle(work, matter, { ...request, state: answer.outcome }, answered, this.today);
      await this.log(work, matter, access);
      return { id, version: allocation.version, ...(restId === undefined ? {} : { restId }) };
    });
  }

  /** The provider asks, under an order that it has taken or may still take. */
  heard(order: Answer, request: NewRequest): Promise<void> {
    return this.concerning(order, async (work, matter) => {
      const stated = matter.allocation.hear(request);
      if (!stated) return;
      await work.save(matter.allocation, stated);
      keepRequestClock(work, matter, request.id);
    });
  }

  heardAnswer(order: Answer, requestId: string, answer: RequestAnswer): Promise<void> {
    return this.concerning(order, async (work, matter) => {
      const heard = matter.allocation.hearAnswer(requestId, answer);
      if (!heard) return;
      const { request, answered } = heard;
      await settle(work, matter, { ...request, state: answer.outcome }, answered, this.today);
    });
  }

  /** The provider answers by another day; too late where the referral has lapsed, or was taken back. */
  answerTermMoved(order: Answer, answerBy: Day): Promise<void> {
    return this.work.run(async (work) => {
      const matter = await matterOf(work, order.allocationId);
      if (!matter?.allocation.awaits(order)) return;
      const { allocation } = matter;
      await work.save(allocation, allocation.moveAnswerTerm(answerBy));
      awaitAnswer(work, matter, clockUntil('REFERRAL_ANSWER', this.today, answerBy));
      work.send('update referral set answer_by = $3 where allocation_id = $1 and attempt = $2', [
        allocation.id,
        allocation.attempt,
        answerBy,
      ]);
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }

  private concerning(order: Answer, act: (work: Work, matter: Matter) => Promise<void>): Promise<void> {
    return this.work.run(async (work) => {
      const matter = await matterOf(work, order.allocationId);
      if (!matter) return;
      const { allocation } = matter;
      const isPresent = allocation.awaits(order) || (allocation.isTaken && allocation.isPerformedUnder(order.orderId));
      if (isPresent) await act(work, matter);
    });
  }

  private log(work: Work, { allocation: { personId }, applicationId }: Matter, access: Access): Promise<void> {
    return this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['PLAN'], caseRef: applicationId });
  }
}
