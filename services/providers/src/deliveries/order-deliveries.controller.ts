import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id } from '@okienko/chassis/http';
import { type Page, PageQuery } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { AcceptMonth, type MonthAccepted } from './deliveries.dto';
import { DeliveryDecisions } from './delivery-decisions.commands';
import { ExcessPermitCommands } from './excess-permits.commands';
import { type ExcessPermitView, PermitExcess } from './excess-permits.dto';
import { ExcessPermitQueries } from './excess-permits.queries';

/** What concerns all deliveries of an order. */
@Controller('service-orders/:id')
@Allow(...staff, 'provider')
export class OrderDeliveryController {
  constructor(
    private readonly decisions: DeliveryDecisions,
    private readonly permits: ExcessPermitCommands,
    private readonly queries: ExcessPermitQueries,
  ) {}

  /** The centre accepts what was recorded in a month and is not disputed. */
  @Post('delivery-acceptances')
  @Acts()
  @Allow('coordinator', 'services-organiser', 'finance', 'desk')
  acceptMonth(
    @Id() id: string,
    @Body() { month, confirmedBy = 'COORDINATOR' }: AcceptMonth,
    @Caller() caller: Principal,
  ): Promise<MonthAccepted> {
    return this.decisions.acceptMonth(id, month, confirmedBy, caller);
  }

  /** The organiser permits that more is delivered than was ordered. */
  @Post('excess-permits')
  @Creates()
  @Allow('services-organiser')
  permit(@Id() id: string, @Body() body: PermitExcess, @Caller() caller: Principal): Promise<Changed> {
    return this.permits.give(id, body, caller);
  }

  @Get('excess-permits')
  permitted(@Id() id: string, @Query() page: PageQuery, @Caller() caller: Principal): Promise<Page<ExcessPermitView>> {
    return this.queries.list(id, page, caller);
  }
}
