import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Purpose } from '../access/purpose.decorator';
import { PerformerCommands } from './performers.commands';
import {
  CorrectPerformerName,
  LeavePerformer,
  ListPerformers,
  type PerformerSummary,
  type PerformerView,
  RegisterPerformer,
} from './performers.dto';
import { PerformerQueries } from './performers.queries';

@Controller('performers')
@Allow('provider', 'services-organiser')
export class PerformerController {
  constructor(
    private readonly commands: PerformerCommands,
    private readonly queries: PerformerQueries,
  ) {}

  /** Somebody who performs services for a provider. A provider registers its own only. */
  @Post()
  @Creates()
  register(@Body() body: RegisterPerformer, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Changed> {
    return this.commands.register(body, { caller, purpose });
  }

  @Get()
  @Allow('provider', 'coordinator', 'services-organiser', 'director', 'auditor')
  list(@Query() query: ListPerformers, @Caller() caller: Principal): Promise<Page<PerformerSummary>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  @Allow('provider', 'coordinator', 'services-organiser', 'director')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PerformerView> {
    return this.queries.get(id, { caller, purpose });
  }

  @Post(':id/name')
  @Acts()
  correctName(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { name }: CorrectPerformerName,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.correctName(id, version, name, { caller, purpose });
  }

  @Post(':id/leaving')
  @Acts()
  leave(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { leftOn }: LeavePerformer,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.leave(id, version, leftOn, { caller, purpose });
  }
}
