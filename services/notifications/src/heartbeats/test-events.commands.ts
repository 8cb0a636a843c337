import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { NotInState } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { type Approval, isOpen, openInSql } from '../subscriptions/subscription';
import { NoSink } from '../subscriptions/sink';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import type { TestedSink } from './heartbeats.dto';
import { NoticeSender } from './notices.sender';
import { testsAMinute, TooManyTests } from './too-many-tests';

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
    await this.takeTurn(subscriptionId);
    const id = await this.work.run(() => uuidv7());
    return this.sender.send(way, { id, kind: 'tested', subscriptionId, time: this.clock.now(), data: {} });
  }

  /** Over all replicas, and for repetitions of one request as well: each is a post to somebody's server. */
  private async takeTurn(subscriptionId: string): Promise<void> {
    const now = this.clock.now();
    const [, taken] = await this.work.dataSource.query<[unknown, number]>(
      `update subscription set tested_at = (array_append(tested_at, $2::timestamptz))[greatest(1, cardinality(tested_at) + 2 - $3::int):]
       where id = $1 and ${openInSql} and (cardinality(tested_at) < $3 or tested_at[1] <= $2::timestamptz - interval '1 minute')`,
      [subscriptionId, now, testsAMinute],
    );
    if (taken > 0) return;
    const [turn] = await this.work.dataSource.query<{ approval: Approval; wait: number }[]>(
      `select approval, ceil(extract(epoch from tested_at[1] + interval '1 minute' - $2::timestamptz))::int as wait from subscription where id = $1`,
      [subscriptionId, now],
    );
    if (turn && !isOpen(turn.approval)) throw new NotInState('subscription', 'tested', turn.approval);
    throw new TooManyTests(Math.max(1, turn?.wait ?? 60));
  }
}
