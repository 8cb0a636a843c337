import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { WaitingListCommands } from './waiting-lists.commands';
import { JumpWaitingList, ListWaiting, type WaitingListEntryView, type WaitingView } from './waiting-lists.dto';
import { WaitingListQueries } from './waiting-lists.queries';

@Controller()
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class WaitingListController {
  constructor(
    private readonly commands: WaitingListCommands,
    private readonly queries: WaitingListQueries,
  ) {}

  /** Who waits for a service, and who is offered a place of it. */
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  @Get('waiting-lists')
  list(@Query() query: ListWaiting, @Caller() caller: Principal): Promise<Page<WaitingView>> {
    return this.queries.list(query, caller);
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  @Get('applications/:id/items/:itemId/waiting-list-entry')
  get(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<WaitingListEntryView> {
    return this.queries.get(id, itemId, { caller, purpose });
  }

  @Allow('coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('applications/:id/items/:itemId/waiting-list-entry')
  enter(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.enter(id, itemId, version, { caller, purpose });
  }

  /** Puts somebody further ahead, for a reason that stays on record. */
  @Allow('services-organiser', 'director')
  @Acts()
  @Post('applications/:id/items/:itemId/waiting-list-jump')
  jump(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Body() body: JumpWaitingList,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.jump(id, itemId, version, body, { caller, purpose });
  }

  /** The applicant takes the place that is held: qualifies under the conditions of today. */
  @Allow('coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('applications/:id/items/:itemId/place-offer/acceptance')
  accept(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.accept(id, itemId, version, { caller, purpose });
  }

  /** The applicant does not take the place that is held. */
  @Acts()
  @Post('applications/:id/items/:itemId/place-offer/decline')
  decline(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.decline(id, itemId, version, { caller, purpose });
  }

  /** The term for an answer is over, and nobody has answered. */
  @Allow('coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('applications/:id/items/:itemId/place-offer/lapse')
  lapse(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.lapse(id, itemId, version, { caller, purpose });
  }

  /** The applicant demands a decision instead of waiting on. */
  @Acts()
  @Post('applications/:id/items/:itemId/decision-demand')
  demandDecision(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.demandDecision(id, itemId, version, { caller, purpose });
  }
}
