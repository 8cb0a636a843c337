import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { type Changed, Creates } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { CapacityCommands } from './capacities.commands';
import { CapacityView, ListCapacities, OpenCapacity } from './capacities.dto';
import { CapacityQueries } from './capacities.queries';

@Controller('capacities')
@Allow(...staff, 'provider')
export class CapacityController {
  constructor(
    private readonly commands: CapacityCommands,
    private readonly queries: CapacityQueries,
  ) {}

  /** Opens places for an offer over a period. A provider opens its own only. */
  @Post()
  @Creates()
  @Allow('services-organiser', 'director', 'provider')
  open(@Body() body: OpenCapacity, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.open(body, caller);
  }

  @Get()
  list(@Query() query: ListCapacities, @Caller() caller: Principal): Promise<Page<CapacityView>> {
    return this.queries.list(query, caller);
  }
}
