import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, Id } from '@okienko/chassis/http';
import { NatsFeedCommands } from './nats-feeds.commands';
import { BeginNatsFeed, type NatsFeedView } from './nats-feeds.dto';

@Controller('subscriptions/:id/nats-feed')
export class NatsFeedController {
  constructor(private readonly feeds: NatsFeedCommands) {}

  /** The subscription is read over NATS too, under the same numbers; pause it where nothing should be posted any more. */
  @Post()
  @Acts()
  @Allow('partner')
  begin(@Id() id: string, @Body() command: BeginNatsFeed, @Caller() caller: Principal): Promise<NatsFeedView> {
    return this.feeds.begin(id, command, caller);
  }

  @Get()
  @Allow('partner', 'operator')
  get(@Id() id: string, @Caller() caller: Principal): Promise<NatsFeedView> {
    return this.feeds.get(id, caller);
  }

  /** What still lies there is taken away; in the subscription it stays, and can be pulled. */
  @Delete()
  @Allow('partner', 'operator')
  end(@Id() id: string, @Caller() caller: Principal): Promise<NatsFeedView> {
    return this.feeds.end(id, caller);
  }
}
