import { Body, Controller, Get, Header, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { HandJobCommands } from './hand-jobs.commands';
import {
  type HandJobView,
  type HandJobWithAddressee,
  ListHandJobs,
  RecordCollection,
  RecordDispatch,
  RecordNotice,
  RecordReceipt,
  RecordReturn,
} from './hand-jobs.dto';
import { HandJobQueries } from './hand-jobs.queries';

@Controller('hand-jobs')
@Allow('desk', 'coordinator', 'services-organiser')
export class HandJobController {
  constructor(
    private readonly jobs: HandJobCommands,
    private readonly queries: HandJobQueries,
  ) {}

  @Get()
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  list(@Query() query: ListHandJobs): Promise<Page<HandJobView>> {
    return this.queries.list(query);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<HandJobWithAddressee> {
    return this.queries.get(id, caller);
  }

  /** What to pass on, as PDF (PDF/UA): of a letter and of e-Doręczenia for whoever has taken it, of what is collected while it waits. */
  @Get(':id/content')
  @Header('Content-Type', 'application/pdf')
  @Header('Cache-Control', 'no-store')
  content(@Id() id: string, @Caller() caller: Principal): Promise<Buffer> {
    return this.queries.content(id, caller);
  }

  /** Takes a message for e-Doręczenia, so that nobody else sends it too. */
  @Post(':id/taking')
  @Acts()
  take(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.jobs.take(id, version, caller);
  }

  /** Of e-Doręczenia: sent, with the number of the proof of sending. */
  @Post(':id/dispatch')
  @Acts()
  dispatch(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordDispatch,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.jobs.dispatch(id, version, body, caller);
  }

  @Post(':id/collection')
  @Acts()
  collect(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordCollection,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.jobs.collect(id, version, body, caller);
  }

  /** Of a letter: its first notice was left, from which the fourteen days count (KPA art. 44). */
  @Post(':id/first-notice')
  @Acts()
  leaveNotice(@Id() id: string, @IfMatch() version: number, @Body() { noticeLeftOn }: RecordNotice): Promise<Changed> {
    return this.jobs.leaveNotice(id, version, noticeLeftOn);
  }

  @Post(':id/receipt')
  @Acts()
  receive(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordReceipt,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.jobs.receive(id, version, body, caller);
  }

  /** It came back, and goes another way, unless the law counts it as delivered (KPA art. 44, 47). */
  @Post(':id/return')
  @Acts()
  comeBack(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordReturn,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.jobs.comeBack(id, version, body, caller);
  }
}
