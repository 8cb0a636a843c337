import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id } from '@okienko/chassis/http';
import { type Page, PageQuery } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { CapacityQueries } from './capacities.queries';
import { CapacityHoldCommands } from './capacity-holds.commands';
import { HeldPlace, HoldPlace, HoldView } from './capacity-holds.dto';

@Controller('capacities/:id/holds')
@Allow('coordinator', 'services-organiser', 'director', 'provider')
export class CapacityHoldController {
  constructor(
    private readonly commands: CapacityHoldCommands,
    private readonly queries: CapacityQueries,
  ) {}

  /** Holds a place for a while, so that it can be talked over and is still there afterwards. What is not confirmed in time is free again. */
  @Post()
  @Creates()
  hold(@Id() id: string, @Body() body: HoldPlace, @Caller() caller: Principal): Promise<HeldPlace> {
    return this.commands.hold(id, body, caller);
  }

  /** Keeps the place until it is given back, or until the order of its allocation takes it. Too late, it is refused. */
  @Post(':holdId/confirmation')
  @Acts()
  confirm(@Id() id: string, @Id('holdId') holdId: string, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.confirm(id, holdId, caller);
  }

  /** Gives the place back. */
  @Post(':holdId/release')
  @Acts()
  release(@Id() id: string, @Id('holdId') holdId: string, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.release(id, holdId, caller);
  }

  @Get()
  @Allow(...staff, 'provider')
  list(@Id() id: string, @Query() page: PageQuery, @Caller() caller: Principal): Promise<Page<HoldView>> {
    return this.queries.holds(id, page, caller);
  }
}
