import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { type Changed, Creates, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { PlansSummaryCommands } from './plans-summaries.commands';
import {
  GeneratePlansSummary,
  ListPlansSummaries,
  type PlansSummaryItem,
  type PlansSummaryView,
} from './plans-summaries.dto';
import { PlansSummaryQueries } from './plans-summaries.queries';

/** Made by the services organiser at least every six months, for the director and the community organiser (art. 46(1)). */
@Controller('plans-summaries')
@Allow('services-organiser', 'director', 'community-organiser', 'auditor')
export class PlansSummaryController {
  constructor(
    private readonly commands: PlansSummaryCommands,
    private readonly queries: PlansSummaryQueries,
  ) {}

  @Allow('services-organiser')
  @Creates()
  @Post()
  generate(@Body() body: GeneratePlansSummary, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.generate(body, caller);
  }

  @Get()
  list(@Query() query: ListPlansSummaries, @Caller() caller: Principal): Promise<Page<PlansSummaryItem>> {
    return this.queries.list(query, caller);
  }

  /** For a reader of another unit what could tell of a few persons is withheld. */
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<PlansSummaryView> {
    return this.queries.get(id, caller);
  }
}
