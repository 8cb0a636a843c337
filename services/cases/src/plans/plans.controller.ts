import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { DraftPlan } from './plan-content.dto';
import { PlanCommands } from './plans.commands';
import { AbandonPlan, AgreePlan, ListPlans, type PlanSummary, type PlanView } from './plans.dto';
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

  /** Starts the next version of a plan in force (art. 41(2)). Redraft, agreement, submission, return and approval then are those of the update. */
  @Acts()
  @Post(':id/update')
  startUpdate(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: DraftPlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.startUpdate(id, version, body, { caller, purpose });
  }

  /** Gives up the draft: without agreement there is no plan. Of a plan in force it is the update that is given up. */
  @Acts()
  @Post(':id/abandonment')
  abandon(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: AbandonPlan,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.abandon(id, version, body.reasonCode, { caller, purpose });
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
