import { Controller, Get, Post, Query, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import type { FastifyReply } from 'fastify';
import { type DigestView, ListDigests, type TestedSink } from './heartbeats.dto';
import { SubscriptionDigestQueries } from './subscription-digests.queries';
import { TestEventCommands } from './test-events.commands';
import { TooManyTests } from './too-many-tests';

@Controller('subscriptions/:id')
export class HeartbeatController {
  constructor(
    private readonly tests: TestEventCommands,
    private readonly digests: SubscriptionDigestQueries,
  ) {}

  /** Posts a signed event `pl.okienko.notifications.subscription.tested` now, and tells what came back. It has no number, and is not repeated. At most six a minute. */
  @Post('test-event')
  @Acts()
  @Allow('partner', 'operator')
  async test(
    @Id() id: string,
    @Caller() caller: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TestedSink> {
    try {
      return await this.tests.post(id, caller);
    } catch (error) {
      if (error instanceof TooManyTests) void reply.header('Retry-After', String(error.retryAfter));
      throw error;
    }
  }

  /** What was said day by day of the numbers that came. */
  @Get('digests')
  @Allow('partner', 'operator')
  list(@Id() id: string, @Query() query: ListDigests, @Caller() caller: Principal): Promise<Page<DigestView>> {
    return this.digests.list(id, query, caller);
  }
}
