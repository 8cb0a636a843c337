import { Controller, Get, Header, Headers, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { RequestProblem } from '@okienko/chassis/problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InboxFeed } from './inbox-feed.worker';
import { InboxCommands } from './inbox.commands';
import { type InboxCounts, ListNotices, type NoticeView } from './inbox.dto';
import { InboxQueries } from './inbox.queries';

const longestStream = 24 * 60 * 60 * 1000;

/** The caller's own inbox: of their account, their roles and unit, their provider. */
@Controller('inbox')
@Allow('desk', 'coordinator', 'services-organiser', 'community-organiser', 'director', 'finance', 'provider', 'auditor')
export class InboxController {
  constructor(
    private readonly inbox: InboxCommands,
    private readonly queries: InboxQueries,
    private readonly feed: InboxFeed,
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
  @Header('Content-Type', 'text/event-stream; charset=utf-8')
  stream(
    @Caller() caller: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('last-event-id') since?: string,
  ): StreamableFile {
    if (since !== undefined && !/^\d{1,19}$/.test(since))
      throw new RequestProblem(400, 'cursor-malformed', 'Send the id of the last event as Last-Event-ID, or none.');
    const left = AbortSignal.timeout(timeLeft(request.headers.authorization));
    const closed = new AbortController();
    const frames = this.feed.follow(caller, since, left, closed.signal);
    reply.raw.once('close', () => closed.abort());
    // A proxy should pass each event on at once, and the connection should not outlive the stream.
    void reply.header('X-Accel-Buffering', 'no').header('Connection', 'close');
    return new StreamableFile(frames);
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

/** Milliseconds until the end of the token, which the guard has found good. */
function timeLeft(authorization = ''): number {
  const [, claims = ''] = authorization.split('.');
  const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number };
  return Math.min(Math.max(exp * 1000 - Date.now(), 0), longestStream);
}
