import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { AskForDays, AvailabilityView } from './availability.dto';
import { AvailabilityQueries } from './availability.queries';
import { CapacityCommands } from './capacities.commands';
import { CapacityView, ChangeCapacity, CloseCapacity, ListCapacities, OpenCapacity } from './capacities.dto';
import { CapacityQueries } from './capacities.queries';

@Controller('capacities')
@Allow(...staff, 'provider')
export class CapacityController {
  constructor(
    private readonly commands: CapacityCommands,
    private readonly queries: CapacityQueries,
    private readonly availabilities: AvailabilityQueries,
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

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<CapacityView> {
    return this.queries.get(id, caller);
  }

  /** Free places by day, with opening times. */
  @Get(':id/availability')
  availability(@Id() id: string, @Query() days: AskForDays, @Caller() caller: Principal): Promise<AvailabilityView> {
    return this.availabilities.ofCapacity(id, days, caller);
  }

  /** More or fewer places, another period, other hours or quotas: what is left out is none. Never less than what is taken. */
  @Post(':id/revision')
  @Acts()
  @Allow('services-organiser', 'director', 'provider')
  change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeCapacity,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.change(id, version, body, caller);
  }

  /** Offers these places no longer. Orders keep theirs to their end; what was held and not confirmed is given back. */
  @Post(':id/closure')
  @Acts()
  @Allow('services-organiser', 'director', 'provider')
  close(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: CloseCapacity,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.close(id, version, reasonCode, caller);
  }
}
