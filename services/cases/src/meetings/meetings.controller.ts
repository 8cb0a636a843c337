import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { type Changed, Creates, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { MeetingCommands } from './meetings.commands';
import { ListMeetings, type MeetingView, RecordMeeting } from './meetings.dto';
import { MeetingQueries } from './meetings.queries';

/** Meetings of the coordinators of a unit, at least every three months (art. 46(2)). */
@Controller('meetings')
@Allow('coordinator', 'services-organiser', 'director', 'auditor')
export class MeetingController {
  constructor(
    private readonly commands: MeetingCommands,
    private readonly queries: MeetingQueries,
  ) {}

  @Allow('services-organiser')
  @Creates()
  @Post()
  record(@Body() body: RecordMeeting, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.record(body, caller);
  }

  @Get()
  list(@Query() query: ListMeetings, @Caller() caller: Principal): Promise<Page<MeetingView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<MeetingView> {
    return this.queries.get(id, caller);
  }
}
