import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Purpose } from '../access/purpose.decorator';
import { ComplaintCommands } from './complaints.commands';
import {
  AnswerComplaint,
  AskPosition,
  ComplaintSummary,
  ComplaintView,
  ExtendComplaint,
  ListComplaints,
  PassOnComplaint,
  ReceiveComplaint,
} from './complaints.dto';
import { ComplaintQueries } from './complaints.queries';

@Controller('complaints')
@Allow('services-organiser', 'director')
export class ComplaintController {
  constructor(
    private readonly commands: ComplaintCommands,
    private readonly queries: ComplaintQueries,
  ) {}

  /** Somebody complains of a provider (KPA art. 227). The clock for the answer runs from that day. */
  @Post()
  @Creates()
  @Allow('desk', 'services-organiser')
  receive(@Body() body: ReceiveComplaint, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Changed> {
    return this.commands.receive(body, { caller, purpose });
  }

  /** The caller examines it, and so cannot answer it. */
  @Post(':id/examination')
  @Acts()
  @Allow('services-organiser')
  examine(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.examine(id, version, { caller, purpose });
  }

  /** It is answered later; who complained is told why, and until when (KPA art. 36, 237 § 4). */
  @Post(':id/extension')
  @Acts()
  extend(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ExtendComplaint,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.extend(id, version, body, { caller, purpose });
  }

  /** The provider is asked what it says to it. It learns the code and the day, and nothing else. */
  @Post(':id/position-request')
  @Acts()
  @Allow('services-organiser')
  askPosition(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: AskPosition,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.askPosition(id, version, body, { caller, purpose });
  }

  /** By the director, never by whoever has examined it (KPA art. 237). */
  @Post(':id/answer')
  @Acts()
  @Allow('director')
  answer(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: AnswerComplaint,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.answer(id, version, body, { caller, purpose });
  }

  /** The centre is not competent: it goes to who is, within seven days (KPA art. 231). */
  @Post(':id/passing-on')
  @Acts()
  passOn(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { to }: PassOnComplaint,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.passOn(id, version, to, { caller, purpose });
  }

  /** Who complained takes it back. */
  @Post(':id/withdrawal')
  @Acts()
  @Allow('desk', 'services-organiser')
  withdraw(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.withdraw(id, version, { caller, purpose });
  }

  @Get()
  @Allow('desk', 'services-organiser', 'director', 'auditor')
  list(@Query() query: ListComplaints, @Caller() caller: Principal): Promise<Page<ComplaintSummary>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<ComplaintView> {
    return this.queries.get(id, { caller, purpose });
  }
}
