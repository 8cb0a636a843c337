import { type AllocationChangedV1, allocationChangedV1 } from '@okienko/contracts/cases/allocation-changed.v1';
import {
  type AllocationRequestAnsweredV1,
  allocationRequestAnsweredV1,
} from '@okienko/contracts/cases/allocation-request-answered.v1';
import {
  type AllocationRequestRaisedV1,
  allocationRequestRaisedV1,
} from '@okienko/contracts/cases/allocation-request-raised.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { requestFrom } from '@okienko/contracts/order-request-properties';
import { On } from '@okienko/messaging/on';
import { Controller } from '@nestjs/common';
import { OrderCorrespondenceCommands } from './order-correspondence.commands';
import { attemptOf } from './service-orders.consumer';

/** What the centre asks of a provider, answers, and has changed. Each step can be repeated. */
@Controller()
export class OrderCorrespondenceConsumer {
  constructor(private readonly orders: OrderCorrespondenceCommands) {}

  @On(allocationRequestRaisedV1)
  asked({ subject, data }: CloudEvent<AllocationRequestRaisedV1>): Promise<void> {
    return this.orders.hear(attemptOf(subject, data), requestFrom(data));
  }

  @On(allocationRequestAnsweredV1)
  answered({ subject, data }: CloudEvent<AllocationRequestAnsweredV1>): Promise<void> {
    const { requestId, outcome, answeredOn, answerCode } = data;
    const answer = { outcome, answeredOn, ...(answerCode === undefined ? {} : { answerCode }) };
    return this.orders.hearAnswer(attemptOf(subject, data), requestId, answer);
  }

  @On(allocationChangedV1)
  changed({ subject, data }: CloudEvent<AllocationChangedV1>): Promise<void> {
    return this.orders.changeTerms(attemptOf(subject, data), data);
  }
}
