import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { ScheduleCommands } from './schedules.commands';
import { PerformerSpan, PlanVisits, type ScheduleView, VisitSpan, type VisitView } from './schedules.dto';
import { ScheduleQueries } from './schedules.queries';

@Controller()
@Allow(...staff, 'provider')
export class ScheduleController {
  constructor(
    private readonly commands: ScheduleCommands,
    private readonly queries: ScheduleQueries,
  ) {}

  /** Plans the visits of an order from a day on; what was planned for the days before stays. The first plan is made of version 0. */
  @Post('service-orders/:id/schedule')
  @Acts()
  @Allow('provider', 'coordinator', 'services-organiser')
  plan(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: PlanVisits,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.plan(id, version, body, caller);
  }

  /** What is planned, and the visits that come of it. */
  @Get('service-orders/:id/schedule')
  ofOrder(@Id() id: string, @Query() span: VisitSpan, @Caller() caller: Principal): Promise<ScheduleView> {
    return this.queries.ofOrder(id, span, caller);
  }

  /** Whom a performer is to visit, over all orders. */
  @Get('visits')
  ofPerformer(@Query() span: PerformerSpan, @Caller() caller: Principal): Promise<{ items: VisitView[] }> {
    return this.queries.ofPerformer(span, caller);
  }
}
