import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { ConsentCommands } from './consents.commands';
import { type ConsentView, GiveConsent, ListConsents } from './consents.dto';
import { ConsentQueries } from './consents.queries';

@Controller()
export class ConsentController {
  constructor(
    private readonly consents: ConsentCommands,
    private readonly queries: ConsentQueries,
  ) {}

  /** What the person wants to be told besides, and what they no longer want. */
  @Get('persons/:id/consents')
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  list(@Id() personId: string, @Query() query: ListConsents, @Caller() caller: Principal): Promise<Page<ConsentView>> {
    return this.queries.list(personId, query, caller);
  }

  /** Records that the person wants what a rule sends. What the law or the service makes necessary comes without. */
  @Post('persons/:id/consents')
  @Creates()
  @Allow('desk', 'coordinator', 'services-organiser')
  give(@Id() personId: string, @Body() { topic, channel }: GiveConsent, @Caller() caller: Principal): Promise<Changed> {
    return this.consents.give(personId, { topic, channel }, caller);
  }

  /** The person no longer wants it; what is waiting to be sent is not. */
  @Post('consents/:id/end')
  @Acts()
  @Allow('desk', 'coordinator', 'services-organiser')
  end(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.consents.end(id, version, caller);
  }
}
