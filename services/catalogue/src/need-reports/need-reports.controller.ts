import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal, Public } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, FromStrangers, Id, IfMatch } from '@okienko/chassis/http';
import { NeedReportCommands } from './need-reports.commands';
import {
  AcknowledgeNeedReport,
  AskByReceipt,
  DismissNeedReport,
  ForwardNeedReport,
  ListNeedReports,
  NeedReported,
  NeedReportPage,
  NeedReportStatus,
  NeedReportView,
  ReportNeed,
} from './need-reports.dto';
import { NeedReportQueries } from './need-reports.queries';

@Controller('need-reports')
@Allow('desk', 'coordinator', 'services-organiser', 'community-organiser', 'director')
export class NeedReportController {
  constructor(
    private readonly reports: NeedReportCommands,
    private readonly queries: NeedReportQueries,
  ) {}

  /** Anybody may report a need, also without a name and of another person. It is no application (art. 35). */
  @Public()
  @FromStrangers()
  @Creates()
  @Post()
  file(@Body() body: ReportNeed): Promise<NeedReported> {
    return this.reports.file(body);
  }

  /** What has become of a report, for whoever holds its receipt. */
  @Public()
  @FromStrangers()
  @HttpCode(200)
  @Post('search')
  search(@Body() body: AskByReceipt): Promise<NeedReportStatus> {
    return this.queries.statusOf(body.receipt);
  }

  /** The oldest first, without what they say. */
  @Get()
  list(@Query() query: ListNeedReports): Promise<NeedReportPage> {
    return this.queries.list(query);
  }

  /** With what it says. Reading it is noted in the access log (art. 50). */
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<NeedReportView> {
    return this.queries.get(id, caller);
  }

  /** The office has taken note. From this day on the report counts in the figures of unmet needs. */
  @Acts()
  @Post(':id/acknowledgement')
  acknowledge(@Id() id: string, @IfMatch() version: number, @Body() body: AcknowledgeNeedReport): Promise<Changed> {
    return this.reports.acknowledge(id, version, body.area);
  }

  /** Notes which application came of it. The application itself is the act of an entitled person (art. 35). */
  @Acts()
  @Post(':id/forwarding')
  forward(@Id() id: string, @IfMatch() version: number, @Body() body: ForwardNeedReport): Promise<Changed> {
    return this.reports.forward(id, version, body.applicationId);
  }

  @Acts()
  @Post(':id/dismissal')
  dismiss(@Id() id: string, @IfMatch() version: number, @Body() body: DismissNeedReport): Promise<Changed> {
    return this.reports.dismiss(id, version, body.reasonCode);
  }

  /** Erases for good what a settled report says, before its time and at somebody's request (GDPR art. 17). */
  @Allow('director')
  @Acts()
  @Post(':id/erasure')
  erase(@Id() id: string, @IfMatch() version: number): Promise<Changed> {
    return this.reports.erase(id, version);
  }
}
