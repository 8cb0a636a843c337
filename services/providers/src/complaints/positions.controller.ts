import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Purpose } from '../access/purpose.decorator';
import { GivePosition, ListPositionRequests, PositionRequestView } from './complaints.dto';
import { ComplaintQueries } from './complaints.queries';
import { PositionCommands } from './positions.commands';

/** Complaints as providers see them: what they are asked about, and until when. */
@Controller('position-requests')
@Allow('provider', 'services-organiser', 'director')
export class PositionController {
  constructor(
    private readonly commands: PositionCommands,
    private readonly queries: ComplaintQueries,
  ) {}

  @Get()
  list(@Query() query: ListPositionRequests, @Caller() caller: Principal): Promise<Page<PositionRequestView>> {
    return this.queries.listPositions(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<PositionRequestView> {
    return this.queries.getPosition(id, caller);
  }

  /** What the provider says to it; the organiser where the provider has written a letter. */
  @Post(':id/position')
  @Acts()
  @Allow('provider', 'services-organiser')
  give(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { words }: GivePosition,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.give(id, version, words, { caller, purpose });
  }
}
