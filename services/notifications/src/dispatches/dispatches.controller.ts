import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { DispatchCommands } from './dispatches.commands';
import {
  AskWhy,
  type DispatchView,
  type DispatchWithAttempts,
  type Explanation,
  ListDispatches,
  type Parked,
  type RangeDigest,
  RangeOfNumbers,
  RangeToRepeat,
  type Redelivered,
} from './dispatches.dto';
import { DispatchQueries } from './dispatches.queries';

@Controller('subscriptions/:id')
export class DispatchController {
  constructor(
    private readonly dispatching: DispatchCommands,
    private readonly queries: DispatchQueries,
  ) {}

  @Get('dispatches')
  @Allow('partner', 'operator')
  dispatches(
    @Id() id: string,
    @Query() query: ListDispatches,
    @Caller() caller: Principal,
  ): Promise<Page<DispatchView>> {
    return this.queries.list(id, query, caller);
  }

  @Get('dispatches/:eventId')
  @Allow('partner', 'operator')
  dispatch(
    @Id() id: string,
    @Id('eventId') eventId: string,
    @Caller() caller: Principal,
  ): Promise<DispatchWithAttempts> {
    return this.queries.get(id, eventId, caller);
  }

  /** Gives up one that still waits, so that it holds back nothing about its subject; it stays in the feed and can be sent again. */
  @Post('dispatches/:eventId/parking')
  @Acts()
  @Allow('partner', 'operator')
  park(@Id() id: string, @Id('eventId') eventId: string, @Caller() caller: Principal): Promise<Parked> {
    return this.dispatching.park(id, eventId, caller);
  }

  /** Sends a range again, also what was parked or withheld, before what waits about the same subjects. Receivers know a repetition by its `webhook-id`. */
  @Post('redelivery')
  @Acts()
  @Allow('partner', 'operator')
  redeliver(@Id() id: string, @Body() range: RangeToRepeat, @Caller() caller: Principal): Promise<Redelivered> {
    return this.dispatching.redeliver(id, range, caller);
  }

  @Get('digest')
  @Allow('partner', 'operator')
  digest(@Id() id: string, @Query() range: RangeOfNumbers, @Caller() caller: Principal): Promise<RangeDigest> {
    return this.queries.digest(id, range, caller);
  }

  @Get('explanation')
  @Allow('partner', 'operator')
  explain(@Id() id: string, @Query() query: AskWhy, @Caller() caller: Principal): Promise<Explanation> {
    return this.queries.explain(id, query, caller);
  }
}
