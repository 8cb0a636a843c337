import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { type EventStream, EventStreams, LastEventId } from '@okienko/chassis/event-stream';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InboxFeed } from './inbox-feed.worker';
import { InboxCommands } from './inbox.commands';
import { type InboxCounts, ListNotices, type NoticeView } from './inbox.dto';
import { InboxQueries } from './inbox.queries';

/** The caller's own inbox: of their account, their roles and unit, their provider. */
@Controller('inbox')
@Allow('desk', 'coordinator', 'services-organiser', 'community-organiser', 'director', 'finance', 'provider', 'auditor')
export class InboxController {
  constructor(
    private readonly inbox: InboxCommands,
    private readonly queries: InboxQueries,
    private readonly feed: InboxFeed,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  list(@Query() query: ListNotices, @Caller() caller: Principal): Promise<Page<NoticeView>> {
    return this.queries.list(query, caller);
  }

  @Get('counts')
  counts(@Caller() caller: Principal): Promise<InboxCounts> {
    return this.queries.counts(caller);
  }

  /**
   * Server-sent events `inbox`: the counts, and the ids of notices that came or changed; with a `Last-Event-ID`, since then.
   * Ends with the token.
   */
  @Get('stream')
  stream(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @LastEventId() since?: string,
  ): EventStream {
    return this.streams.start(caller, request, reply, (end) => this.feed.follow(caller, since, end));
  }

  @Post(':id/reading')
  @Acts()
  read(@Id() id: string, @Caller() caller: Principal): Promise<Changed> {
    return this.inbox.read(id, caller);
  }

  @Post(':id/acknowledgement')
  @Acts()
  acknowledge(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.inbox.acknowledge(id, version, caller);
  }
}
