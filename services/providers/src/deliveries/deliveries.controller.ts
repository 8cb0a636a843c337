import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { TakesFile, Upload, UploadedFile } from '@okienko/chassis/upload';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { DeliveryCommands } from './deliveries.commands';
import {
  AcceptDelivery,
  type BatchReport,
  CorrectDelivery,
  type DeliveryVersionView,
  DeliveryView,
  DisputeDelivery,
  ListDeliveries,
  RecordBatch,
  RecordDelivery,
  RecordTable,
  RejectDelivery,
} from './deliveries.dto';
import { DeliveryQueries } from './deliveries.queries';
import { DeliveryBatches } from './delivery-batches.commands';
import { DeliveryDecisions } from './delivery-decisions.commands';

@Controller('deliveries')
@Allow(...staff, 'provider')
export class DeliveryController {
  constructor(
    private readonly commands: DeliveryCommands,
    private readonly batches: DeliveryBatches,
    private readonly decisions: DeliveryDecisions,
    private readonly queries: DeliveryQueries,
  ) {}

  /** The provider records what it delivered, or a visit in vain; the first delivery starts the order. */
  @Post()
  @Creates()
  @Allow('provider')
  record(@Body() body: RecordDelivery, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.record(body, caller);
  }

  /** What a device recorded while it was offline. Each row has its own answer; sent again it changes nothing. */
  @Post('batch')
  @Acts()
  @Allow('provider')
  recordBatch(@Body() { deliveries }: RecordBatch, @Caller() caller: Principal): Promise<BatchReport> {
    return this.batches.recordBatch(deliveries, caller);
  }

  /** The same from a table (CSV in UTF-8 with a header, by commas or semicolons), as a trial if wished. */
  @Post('csv')
  @Acts()
  @TakesFile()
  @Allow('provider')
  recordTable(
    @Query() { dryRun = false }: RecordTable,
    @Upload() upload: UploadedFile,
    @Caller() caller: Principal,
  ): Promise<BatchReport> {
    return this.batches.recordTable(upload, dryRun, caller);
  }

  /** The centre accepts a recorded delivery. */
  @Post(':id/acceptance')
  @Acts()
  @Allow('coordinator', 'services-organiser', 'finance', 'desk')
  accept(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { confirmedBy = 'COORDINATOR' }: AcceptDelivery,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.decisions.accept(id, version, confirmedBy, caller);
  }

  /** The recipient or the centre says that it was not so. */
  @Post(':id/dispute')
  @Acts()
  @Allow('coordinator', 'services-organiser', 'finance', 'desk')
  dispute(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { causeCode }: DisputeDelivery,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.decisions.dispute(id, version, causeCode, caller);
  }

  /** The centre takes its acceptance back, as long as the delivery has not been settled; from then on it is disputed. */
  @Post(':id/acceptance-withdrawal')
  @Acts()
  @Allow('coordinator', 'services-organiser', 'finance')
  withdrawAcceptance(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { causeCode }: DisputeDelivery,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.decisions.withdrawAcceptance(id, version, causeCode, caller);
  }

  /** The provider says how it was; what it said before is kept. */
  @Post(':id/correction')
  @Acts()
  @Allow('provider')
  correct(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CorrectDelivery,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.correct(id, version, body, caller);
  }

  /** The provider takes back what it recorded. */
  @Post(':id/withdrawal')
  @Acts()
  @Allow('provider')
  withdraw(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.withdraw(id, version, caller);
  }

  /** The centre decides that a disputed delivery does not count. */
  @Post(':id/rejection')
  @Acts()
  @Allow('coordinator', 'services-organiser')
  reject(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: RejectDelivery,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.decisions.reject(id, version, reasonCode, caller);
  }

  @Get()
  list(@Query() query: ListDeliveries, @Caller() caller: Principal): Promise<Page<DeliveryView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<DeliveryView> {
    return this.queries.get(id, caller);
  }

  /** What was recorded before each correction, the oldest first. */
  @Get(':id/versions')
  versions(@Id() id: string, @Caller() caller: Principal): Promise<{ items: DeliveryVersionView[] }> {
    return this.queries.versions(id, caller);
  }
}
