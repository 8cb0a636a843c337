import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { RepresentationCommands } from './representations.commands';
import {
  EndRepresentation,
  ListRepresentations,
  RecordRepresentation,
  type RepresentationSummary,
  type RepresentationView,
} from './representations.dto';
import { RepresentationQueries } from './representations.queries';

@Controller('representations')
@Allow('desk', 'coordinator')
export class RepresentationController {
  constructor(
    private readonly commands: RepresentationCommands,
    private readonly queries: RepresentationQueries,
  ) {}

  @Creates()
  @Post()
  record(
    @Body() body: RecordRepresentation,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.record(body, { caller, purpose });
  }

  @Acts()
  @Post(':id/end')
  end(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: EndRepresentation,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.end(id, version, body.endedOn, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  @Get()
  list(@Query() query: ListRepresentations, @Caller() caller: Principal): Promise<Page<RepresentationSummary>> {
    return this.queries.list(query, caller);
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<RepresentationView> {
    return this.queries.get(id, { caller, purpose });
  }
}
