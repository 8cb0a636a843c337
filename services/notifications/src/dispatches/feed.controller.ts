import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { type EventStream, EventStreams, LastEventId } from '@okienko/chassis/event-stream';
import { Id } from '@okienko/chassis/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FeedPage, ReadFeed } from './dispatches.dto';
import { FeedQueries } from './feed.queries';

@Controller('subscriptions/:id/events')
export class FeedController {
  constructor(
    private readonly feed: FeedQueries,
    private readonly streams: EventStreams,
  ) {}

  /**
   * A page of the events and their numbers. With `Accept: text/event-stream` a stream without end: `id` is the number, `event` the type (`withheld`
   * where your grant no longer covers it), `data` the CloudEvent. It begins after `Last-Event-ID`, else after `after`, and ends with the token.
   */
  @Get()
  @Allow('partner')
  async events(
    @Id() id: string,
    @Query() query: ReadFeed,
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept') accept = '',
    @LastEventId() last?: string,
  ): Promise<FeedPage | EventStream> {
    void reply.header('Vary', 'Accept');
    if (!accept.includes('text/event-stream')) return this.feed.page(id, query, caller);
    await this.feed.assertOwn(id, caller);
    const after = last === undefined ? (query.after ?? 0) : Math.min(Number(last), Number.MAX_SAFE_INTEGER);
    return this.streams.start(caller, request, reply, (end) => this.feed.frames(id, after, caller, end));
  }
}
