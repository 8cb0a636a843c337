import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { ProjectParticipationCommands } from './project-participations.commands';
import {
  ListParticipations,
  type ParticipationSummary,
  type ParticipationView,
  RecordIndicators,
  StartParticipation,
  TerminateParticipation,
} from './project-participations.dto';
import { ProjectParticipationQueries } from './project-participations.queries';

@Controller('project-participations')
@Allow('desk', 'coordinator')
export class ProjectParticipationController {
  constructor(
    private readonly commands: ProjectParticipationCommands,
    private readonly queries: ProjectParticipationQueries,
  ) {}

  @Creates()
  @Post()
  start(@Body() body: StartParticipation, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Changed> {
    return this.commands.start(body, { caller, purpose });
  }

  /** Ends the part in the project alone: applications, plans and services go on. */
  @Acts()
  @Post(':id/termination')
  terminate(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { on, reasonCode }: TerminateParticipation,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.terminate(id, version, on, reasonCode, { caller, purpose });
  }

  /** What is asked on leaving and after it; also corrects what was recorded of any moment. */
  @Acts()
  @Post(':id/indicators')
  record(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordIndicators,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.record(id, version, body, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'finance', 'auditor')
  @Get()
  list(@Query() query: ListParticipations, @Caller() caller: Principal): Promise<Page<ParticipationSummary>> {
    return this.queries.list(query, caller);
  }

  @Allow('desk', 'coordinator', 'services-organiser')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<ParticipationView> {
    return this.queries.get(id, { caller, purpose });
  }
}
