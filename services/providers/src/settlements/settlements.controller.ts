import { Readable } from 'node:stream';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Header, Post, Query, StreamableFile } from '@nestjs/common';
import { staff } from '../provider-account';
import { InvoiceDataView } from './invoice-data.dto';
import { InvoiceQueries } from './invoices.queries';
import { SettlementDecisionCommands } from './settlement-decisions.commands';
import { linesAsCsv, settlementAsJson } from './settlement-exports';
import { SettlementReplayQueries } from './settlement-replays.queries';
import { SettlementCommands } from './settlements.commands';
import {
  ListSettlementLines,
  ListSettlements,
  OpenSettlement,
  PaySettlement,
  RecomputationView,
  ReturnSettlement,
  SettlementLineView,
  SettlementView,
  StateCosts,
  SubmitSettlement,
} from './settlements.dto';
import { SettlementQueries } from './settlements.queries';

/** What a provider is owed under an agreement for a month, line by line. */
@Controller('settlements')
@Allow(...staff, 'provider')
export class SettlementController {
  constructor(
    private readonly settlements: SettlementCommands,
    private readonly decisions: SettlementDecisionCommands,
    private readonly queries: SettlementQueries,
    private readonly invoices: InvoiceQueries,
    private readonly replays: SettlementReplayQueries,
  ) {}

  /** Computes a month from the deliveries that were accepted; what came late for a month before comes with it. */
  @Post()
  @Creates()
  @Allow('provider', 'finance', 'services-organiser')
  open(@Body() { agreementId, month }: OpenSettlement, @Caller() caller: Principal): Promise<Changed> {
    return this.settlements.open(agreementId, `${month}-01`, caller);
  }

  /** Computes it anew, until it is handed in or after it was returned. */
  @Post(':id/computation')
  @Acts()
  @Allow('provider', 'finance', 'services-organiser')
  compute(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.settlements.compute(id, version, caller);
  }

  /** What a grant was spent on. */
  @Post(':id/costs')
  @Acts()
  @Allow('provider')
  stateCosts(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { costs }: StateCosts,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.settlements.stateCosts(id, version, costs, caller);
  }

  /** The provider hands it in with its invoice, bill or grant report; after a return, again. */
  @Post(':id/submission')
  @Acts()
  @Allow('provider')
  submit(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() document: SubmitSettlement,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.settlements.submit(id, version, document, caller);
  }

  @Post(':id/return')
  @Acts()
  @Allow('finance', 'director')
  return(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: ReturnSettlement,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.decisions.return(id, version, reasonCode, caller);
  }

  @Post(':id/check')
  @Acts()
  @Allow('finance')
  check(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.decisions.check(id, version, caller);
  }

  /** By somebody else than who checked it. */
  @Post(':id/approval')
  @Acts()
  @Allow('director', 'finance')
  approve(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.decisions.approve(id, version, caller);
  }

  /** It is paid. The last payment of an agreement that has ended settles it, unless something of it is still open. */
  @Post(':id/payment')
  @Acts()
  @Allow('finance')
  pay(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { paidOn }: PaySettlement,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.decisions.pay(id, version, paidOn, caller);
  }

  @Get()
  list(@Query() query: ListSettlements, @Caller() caller: Principal): Promise<Page<SettlementView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<SettlementView> {
    return this.queries.get(id, caller);
  }

  @Get(':id/lines')
  lines(
    @Id() id: string,
    @Query() query: ListSettlementLines,
    @Caller() caller: Principal,
  ): Promise<Page<SettlementLineView>> {
    return this.queries.lines(id, query, caller);
  }

  /** Every line, as a table. */
  @Get(':id/lines.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8; header=present')
  async csv(@Id() id: string, @Caller() caller: Principal): Promise<StreamableFile> {
    await this.queries.get(id, caller);
    return streamed(linesAsCsv(this.queries.everyLine(id)));
  }

  /** The settlement with every line. */
  @Get(':id/settlement.json')
  @Header('Content-Type', 'application/json; charset=utf-8')
  async json(@Id() id: string, @Caller() caller: Principal): Promise<StreamableFile> {
    return streamed(settlementAsJson(await this.queries.get(id, caller), this.queries.everyLine(id)));
  }

  /** Whether the events that were published come to the same. Reads all that the provider's events say. */
  @Get(':id/recomputation')
  @Allow('finance', 'director', 'auditor')
  recomputation(@Id() id: string, @Caller() caller: Principal): Promise<RecomputationView> {
    return this.replays.recompute(id, caller);
  }

  /** What the seller needs for its structured invoice; it is none itself. */
  @Get(':id/invoice-data')
  @Allow('finance', 'director', 'auditor', 'provider')
  invoiceData(@Id() id: string, @Caller() caller: Principal): Promise<InvoiceDataView> {
    return this.invoices.dataOf(id, caller) as Promise<InvoiceDataView>;
  }
}

const streamed = (parts: AsyncIterable<string>): StreamableFile =>
  new StreamableFile(Readable.from(parts, { objectMode: false }));
