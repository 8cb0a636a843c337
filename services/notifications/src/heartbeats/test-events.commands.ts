import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { NoSink } from '../subscriptions/sink';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import type { TestedSink } from './heartbeats.dto';
import { NoticeSender } from './notices.sender';

@Injectable()
export class TestEventCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionQueries,
    private readonly sender: NoticeSender,
  ) {}

  /** A repeated request posts the same event once more: only the sink can say whether it has it. */
  async post(subscriptionId: string, caller: Principal): Promise<TestedSink> {
    const way = await this.subscriptions.wayOf(subscriptionId, caller);
    if (way.sink === '') throw new NoSink();
    const id = await this.work.run(() => uuidv7());
    return this.sender.send(way, { id, kind: 'tested', subscriptionId, time: this.clock.now(), data: {} });
  }
}
