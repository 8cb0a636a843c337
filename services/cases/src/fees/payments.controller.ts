import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import type { FastifyReply } from 'fastify';
import { Purpose } from '../access/purpose.decorator';
import { RefundSurplus } from './fee-collection.dto';
import { PaymentCommands } from './payments.commands';
import {
  AssignPayment,
  DismissPayment,
  HowToImportPayments,
  type ImportReport,
  ImportStatement,
  ListPayments,
  type PaymentRecorded,
  type PaymentRow,
  type PaymentView,
  RecordPayment,
} from './payments.dto';
import { PaymentQueries } from './payments.queries';

/** Payments for services (art. 43(1)). */
@Controller()
@Allow('finance')
export class PaymentController {
  constructor(
    private readonly commands: PaymentCommands,
    private readonly queries: PaymentQueries,
  ) {}

  /**
   * Takes a bank statement in, wholly or not at all. A line is for the fee whose reference is in its title, or whose own account it came to; one
   * that has been counted before counts no more. A dry run is answered with 200.
   */
  @Creates()
  @Post('payments/imports')
  import(
    @Body() body: ImportStatement,
    @Query() { dryRun }: HowToImportPayments,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<ImportReport> {
    const isDryRun = dryRun === 'true';
    if (isDryRun) void reply.status(200);
    return this.commands.import(body, isDryRun, { caller, purpose });
  }

  /** Paid at the desk, or known from a document. */
  @Acts()
  @Post('fees/:id/payments')
  record(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordPayment,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<PaymentRecorded> {
    return this.commands.record(id, version, body, { caller, purpose });
  }

  /** Says for which fee a payment is that could not be matched. */
  @Acts()
  @Post('payments/:id/assignment')
  assign(
    @Id() id: string,
    @Body() { feeId }: AssignPayment,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.assign(id, feeId, { caller, purpose });
  }

  /** A payment that could not be matched is for no fee: it goes back, or was never meant for the centre. */
  @Acts()
  @Post('payments/:id/dismissal')
  dismiss(
    @Id() id: string,
    @Body() { reasonCode }: DismissPayment,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.dismiss(id, reasonCode, { caller, purpose });
  }

  /** Gives back what no charge needs. */
  @Acts()
  @Post('fees/:id/refund')
  refund(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RefundSurplus,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.refund(id, version, body, { caller, purpose });
  }

  @Allow('finance', 'director', 'auditor')
  @Get('payments')
  list(@Query() query: ListPayments): Promise<Page<PaymentRow>> {
    return this.queries.list(query);
  }

  @Allow('finance', 'director', 'auditor')
  @Get('payments/:id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<PaymentView> {
    return this.queries.get(id, { caller, purpose });
  }
}
