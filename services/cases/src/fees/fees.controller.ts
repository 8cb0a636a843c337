import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { type Page, PageQuery } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { FeeTrials } from './fee-trials.commands';
import type { BalanceView, FeeChanged, FeeRow, FeeTrialView, FeeView } from './fee-views.dto';
import { FeeCommands } from './fees.commands';
import { AssessFee, EndFee, ListFees, ReviseFee, TryFee } from './fees.dto';
import { FeeQueries } from './fees.queries';

/** What people pay for services (art. 42(1), 43(1)). */
@Controller()
@Allow('coordinator', 'services-organiser', 'director')
export class FeeController {
  constructor(
    private readonly commands: FeeCommands,
    private readonly trials: FeeTrials,
    private readonly queries: FeeQueries,
  ) {}

  /** Sets the fee of a qualified item by the programme; no decision is needed. Units are charged once their month is over. */
  @Creates()
  @Post('applications/:id/items/:itemId/fee')
  assess(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Body() body: AssessFee,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<FeeChanged> {
    return this.commands.assess(id, itemId, body, { caller, purpose });
  }

  /** What the fee would be, also before the item is qualified (art. 37(2)). Nothing is kept. */
  @Acts()
  @Post('applications/:id/items/:itemId/fee-trial')
  try(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Body() body: TryFee,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<FeeTrialView> {
    return this.trials.try(id, itemId, body, { caller, purpose });
  }

  /** The facts have changed: another amount from a day on. What was charged stays; the difference is charged or credited. */
  @Acts()
  @Post('fees/:id/revision')
  revise(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ReviseFee,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<FeeChanged> {
    return this.commands.revise(id, version, body, { caller, purpose });
  }

  /** The right to the service ends earlier; for the time until then everything stays due (art. 44(1)). */
  @Acts()
  @Post('fees/:id/ending')
  end(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { lastDay }: EndFee,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<FeeChanged> {
    return this.commands.end(id, version, lastDay, { caller, purpose });
  }

  @Allow('coordinator', 'services-organiser', 'director', 'finance', 'auditor')
  @Get('fees')
  list(@Query() query: ListFees, @Caller() caller: Principal): Promise<Page<FeeRow>> {
    return this.queries.list(query, caller);
  }

  /** What is past its day, longest first. */
  @Allow('coordinator', 'services-organiser', 'director', 'finance', 'auditor')
  @Get('overdue-fees')
  overdue(@Query() query: PageQuery, @Caller() caller: Principal): Promise<Page<FeeRow>> {
    return this.queries.overdue(query, caller);
  }

  /** With the way to its amounts. */
  @Allow('coordinator', 'services-organiser', 'director', 'finance', 'auditor')
  @Get('fees/:id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<FeeView> {
    return this.queries.get(id, { caller, purpose });
  }

  @Allow('coordinator', 'services-organiser', 'director', 'finance', 'auditor')
  @Get('persons/:id/fee-balance')
  balance(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<BalanceView> {
    return this.queries.balance(id, { caller, purpose });
  }
}
