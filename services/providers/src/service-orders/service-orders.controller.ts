import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { ServiceOrderCommands } from './service-orders.commands';
import { DeclineServiceOrder, ListServiceOrders, ServiceOrderView } from './service-orders.dto';
import { ServiceOrderQueries } from './service-orders.queries';

@Controller('service-orders')
@Allow(...staff, 'provider')
export class ServiceOrderController {
  constructor(
    private readonly commands: ServiceOrderCommands,
    private readonly queries: ServiceOrderQueries,
  ) {}

  @Get()
  list(@Query() query: ListServiceOrders, @Caller() caller: Principal): Promise<Page<ServiceOrderView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<ServiceOrderView> {
    return this.queries.get(id, caller);
  }

  /** The provider takes the order; a place of its capacity is taken with it. */
  @Post(':id/acceptance')
  @Acts()
  @Allow('provider')
  accept(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.accept(id, version, caller);
  }

  /** The provider refuses the order, so that the centre can refer the allocation elsewhere. */
  @Post(':id/declination')
  @Acts()
  @Allow('provider')
  decline(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: DeclineServiceOrder,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.decline(id, version, reasonCode, caller);
  }
}
