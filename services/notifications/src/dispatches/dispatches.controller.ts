import { Controller, Get, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { type DispatchView, type FeedPage, ListDispatches, ReadFeed } from './dispatches.dto';
import { DispatchQueries } from './dispatches.queries';

@Controller('subscriptions/:id')
export class DispatchController {
  constructor(private readonly queries: DispatchQueries) {}

  @Get('dispatches')
  @Allow('partner', 'operator')
  dispatches(
    @Id() id: string,
    @Query() query: ListDispatches,
    @Caller() caller: Principal,
  ): Promise<Page<DispatchView>> {
    return this.queries.list(id, query, caller);
  }

  @Get('events')
  @Allow('partner')
  events(@Id() id: string, @Query() query: ReadFeed, @Caller() caller: Principal): Promise<FeedPage> {
    return this.queries.feed(id, query, caller);
  }
}
