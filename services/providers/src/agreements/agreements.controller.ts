import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { AgreementSummary, AgreementView, ForecastsView, PriceListView } from './agreement-views.dto';
import { AgreementCommands } from './agreements.commands';
import {
  AmendAgreement,
  ListAgreements,
  PlanAgreement,
  ReceiveReport,
  SignAgreement,
  StartProcurement,
  WithReason,
} from './agreements.dto';
import { AgreementQueries } from './agreements.queries';

@Controller('agreements')
@Allow(...staff, 'provider')
export class AgreementController {
  constructor(
    private readonly commands: AgreementCommands,
    private readonly queries: AgreementQueries,
  ) {}

  /** Prepares an agreement with a provider, or the assignment of a unit of the gmina (art. 7(2)). */
  @Post()
  @Creates()
  @Allow('services-organiser')
  plan(@Body() body: PlanAgreement, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.plan(body, caller);
  }

  /** The way of the law begins: a notice, an order, an offer. A unit of the gmina needs none. */
  @Post(':id/procurement')
  @Acts()
  @Allow('services-organiser')
  procure(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: StartProcurement,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.procure(id, version, body, caller);
  }

  /** The agreement is signed, with all that it lays down. Its first day makes it ACTIVE. */
  @Post(':id/signature')
  @Acts()
  @Allow('director')
  sign(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: SignAgreement,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.sign(id, version, body, caller);
  }

  /** From a day on something counts otherwise; never in a month that is settled. */
  @Post(':id/amendments')
  @Acts()
  @Allow('director')
  amend(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: AmendAgreement,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.amend(id, version, body, caller);
  }

  /** Nothing is ordered under the agreement until it is resumed; orders under way go on. */
  @Post(':id/suspension')
  @Acts()
  @Allow('director')
  suspend(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: WithReason,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.suspend(id, version, reasonCode, caller);
  }

  @Post(':id/resumption')
  @Acts()
  @Allow('director')
  resume(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.resume(id, version, caller);
  }

  /** Ends a signed agreement today, before its time. */
  @Post(':id/end')
  @Acts()
  @Allow('director')
  end(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: WithReason,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.end(id, version, reasonCode, caller);
  }

  /** Gives an agreement up that is not signed. */
  @Post(':id/cancellation')
  @Acts()
  @Allow('services-organiser', 'director')
  cancel(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: WithReason,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.cancel(id, version, reasonCode, caller);
  }

  /** The provider has reported. */
  @Post(':id/reports')
  @Acts()
  @Allow('services-organiser', 'finance')
  receiveReport(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { dueOn, receivedOn }: ReceiveReport,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.receiveReport(id, version, dueOn, receivedOn, caller);
  }

  /** Everything under an ended agreement is accounted for. */
  @Post(':id/settled')
  @Acts()
  @Allow('finance')
  settle(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.settle(id, version, caller);
  }

  @Get()
  list(@Query() query: ListAgreements, @Caller() caller: Principal): Promise<Page<AgreementSummary>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<AgreementView> {
    return this.queries.get(id, caller);
  }

  /** What a unit costs, and when. */
  @Get(':id/prices')
  prices(@Id() id: string, @Caller() caller: Principal): Promise<PriceListView> {
    return this.queries.prices(id, caller);
  }

  /** How far ceilings are used, and when they run out at the present pace of deliveries. */
  @Get(':id/forecast')
  forecast(@Id() id: string, @Caller() caller: Principal): Promise<ForecastsView> {
    return this.queries.forecast(id, caller);
  }
}
