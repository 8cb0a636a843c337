import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { BreakGlassCommands } from './break-glass.commands';
import {
  type BreakGlassOpened,
  type BreakGlassSummary,
  type BreakGlassView,
  ListBreakGlass,
  OpenBreakGlass,
  ReviewBreakGlass,
} from './break-glass.dto';
import { BreakGlassQueries } from './break-glass.queries';

@Controller('break-glass')
@Allow('services-organiser', 'director')
export class BreakGlassController {
  constructor(
    private readonly commands: BreakGlassCommands,
    private readonly queries: BreakGlassQueries,
  ) {}

  /**
   * Opens the matters of a person of another unit for some hours, to look at: send the id as `Okienko-Break-Glass` with each read. Every look is in
   * the access log under it, and those who answer for the services are told at once. An address that is confidential stays so.
   */
  @Allow('desk', 'coordinator')
  @Creates()
  @Post()
  open(
    @Body() body: OpenBreakGlass,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<BreakGlassOpened> {
    return this.commands.open(body, { caller, purpose });
  }

  /** Whether there was a reason; never by who opened it. */
  @Acts()
  @Post(':id/review')
  review(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ReviewBreakGlass,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.review(id, version, body, { caller, purpose });
  }

  @Allow('services-organiser', 'director', 'auditor')
  @Get()
  list(@Query() query: ListBreakGlass, @Caller() caller: Principal): Promise<Page<BreakGlassSummary>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<BreakGlassView> {
    return this.queries.get(id, { caller, purpose });
  }
}
