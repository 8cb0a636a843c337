import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { DeliveryCommands } from './deliveries.commands';
import { DeliveryView, ListDeliveries, RecordDelivery } from './deliveries.dto';
import { DeliveryQueries } from './deliveries.queries';

@Controller('deliveries')
@Allow(...staff, 'provider')
export class DeliveryController {
  constructor(
    private readonly commands: DeliveryCommands,
    private readonly queries: DeliveryQueries,
  ) {}

  /** The provider records what it delivered; the first delivery starts the order. */
  @Post()
  @Creates()
  @Allow('provider')
  record(@Body() body: RecordDelivery, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.record(body, caller);
  }

  /** The centre accepts a recorded delivery. */
  @Post(':id/acceptance')
  @Acts()
  @Allow('coordinator', 'services-organiser', 'finance')
  accept(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.accept(id, version, caller);
  }

  @Get()
  list(@Query() query: ListDeliveries, @Caller() caller: Principal): Promise<Page<DeliveryView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<DeliveryView> {
    return this.queries.get(id, caller);
  }
}
