import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { SubscriptionCommands } from './subscriptions.commands';
import {
  type CreatedSubscription,
  CreateSubscription,
  ListSubscriptions,
  type SubscriptionView,
} from './subscriptions.dto';
import { SubscriptionQueries } from './subscriptions.queries';
import { WebhookSecrets } from './webhook-secret';

@Controller('subscriptions')
export class SubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionCommands,
    private readonly queries: SubscriptionQueries,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** The answer kept for a repeated request holds no secret: it is derived here, each time anew and always the same. */
  @Post()
  @Creates()
  @Allow('partner')
  async create(@Body() { sink, types }: CreateSubscription, @Caller() caller: Principal): Promise<CreatedSubscription> {
    const created = await this.subscriptions.create(sink, types ?? [], caller);
    return { ...created, secret: this.secrets.of(created.id) };
  }

  @Get()
  @Allow('partner', 'operator')
  list(@Query() query: ListSubscriptions, @Caller() caller: Principal): Promise<Page<SubscriptionView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  @Allow('partner', 'operator')
  get(@Id() id: string, @Caller() caller: Principal): Promise<SubscriptionView> {
    return this.queries.get(id, caller);
  }

  @Post(':id/resumption')
  @Acts()
  @Allow('partner', 'operator')
  resume(@Id() id: string, @Caller() caller: Principal): Promise<Changed> {
    return this.subscriptions.resume(id, caller);
  }

  @Delete(':id')
  @Allow('partner', 'operator')
  end(@Id() id: string, @Caller() caller: Principal): Promise<Changed> {
    return this.subscriptions.end(id, caller);
  }
}
