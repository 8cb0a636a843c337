import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { PlanCommands } from './plans.commands';
import {
  AgreePlan,
  ClosePlan,
  DraftPlan,
  HoldClosingTalk,
  ListPlans,
  type PlanSummary,
  type PlanView,
} from './plans.dto';
import { PlanQueries } from './plans.queries';

@Controller('plans')
@Allow('coordinator')
export class PlanController {
  constructor(
    private readonly commands: PlanCommands,
    private readonly queries: PlanQueries,
  ) {}

  @Creates()
  @Post()
  draft(@Body() body: DraftPlan, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Changed> {
    return this.commands.draft(body, { caller, purpose });
  }

  @Acts()
  @Post(':id/redraft')
  redraft(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: DraftPlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.redraft(id, version, body, { caller, purpose });
  }

  @Acts()
  @Post(':id/agreement')
  agree(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: AgreePlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.agree(id, version, body, { caller, purpose });
  }

  @Acts()
  @Post(':id/submission')
  submit(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.submit(id, version, { caller, purpose });
  }

  @Acts()
  @Post(':id/closing-talk')
  holdClosingTalk(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: HoldClosingTalk,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.holdClosingTalk(id, version, body, body.note, { caller, purpose });
  }

  @Acts()
  @Post(':id/closure')
  close(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ClosePlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.close(id, version, body.description, { caller, purpose });
  }

  @Allow('coordinator', 'services-organiser', 'director', 'auditor')
  @Get()
  list(@Query() query: ListPlans, @Caller() caller: Principal): Promise<Page<PlanSummary>> {
    return this.queries.list(query, caller);
  }

  @Allow('coordinator', 'services-organiser', 'director')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PlanView> {
    return this.queries.get(id, { caller, purpose });
  }
}
