import { Controller } from '@nestjs/common';
import type { CloudEvent } from '@okienko/contracts/event';
import { requestFrom } from '@okienko/contracts/order-request-properties';
import {
  serviceOrderAnswerTermMovedV1,
  type ServiceOrderAnswerTermMovedV1,
} from '@okienko/contracts/providers/service-order-answer-term-moved.v1';
import {
  serviceOrderRequestAnsweredV1,
  type ServiceOrderRequestAnsweredV1,
} from '@okienko/contracts/providers/service-order-request-answered.v1';
import {
  serviceOrderRequestRaisedV1,
  type ServiceOrderRequestRaisedV1,
} from '@okienko/contracts/providers/service-order-request-raised.v1';
import { On } from '@okienko/messaging/on';
import { AllocationRequestCommands } from './allocation-requests.commands';

/** What providers ask of the centre, and answer. */
@Controller()
export class AllocationRequestConsumer {
  constructor(private readonly requests: AllocationRequestCommands) {}

  @On(serviceOrderRequestRaisedV1)
  asked({ subject, data }: CloudEvent<ServiceOrderRequestRaisedV1>): Promise<void> {
    return this.requests.heard({ ...data, orderId: subject }, requestFrom(data));
  }

  @On(serviceOrderRequestAnsweredV1)
  answered({ subject, data }: CloudEvent<ServiceOrderRequestAnsweredV1>): Promise<void> {
    const { requestId, outcome, answeredOn, answerCode } = data;
    const answer = { outcome, answeredOn, ...(answerCode === undefined ? {} : { answerCode }) };
    return this.requests.heardAnswer({ ...data, orderId: subject }, requestId, answer);
  }

  @On(serviceOrderAnswerTermMovedV1)
  answerTermMoved({ subject, data }: CloudEvent<ServiceOrderAnswerTermMovedV1>): Promise<void> {
    return this.requests.answerTermMoved({ ...data, orderId: subject }, data.answerBy);
  }
}
