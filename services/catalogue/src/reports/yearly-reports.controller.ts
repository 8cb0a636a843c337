import { Body, Controller, Get, Header, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal, Public } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { pdfOf } from '@okienko/printing/pdf';
import { renderedOnce } from '@okienko/printing/rendered';
import { reportCsv } from './csv';
import { printedYearlyReport } from './yearly-report-printed';
import { YearlyReportCommands } from './yearly-reports.commands';
import {
  ApproveYearlyReport,
  GenerateYearlyReport,
  ListYearlyReports,
  YearlyReportPage,
  YearlyReportView,
} from './yearly-reports.dto';
import { YearlyReportQueries } from './yearly-reports.queries';

/** Reports to the councils, one for each gmina and year (art. 18). */
@Controller('yearly-reports')
@Allow('services-organiser', 'director')
export class YearlyReportController {
  constructor(
    private readonly reports: YearlyReportCommands,
    private readonly queries: YearlyReportQueries,
  ) {}

  /** Approved reports; staff also see those that wait for the director. */
  @Public()
  @Get()
  list(@Query() query: ListYearlyReports, @Caller() caller: Principal | undefined): Promise<YearlyReportPage> {
    return this.queries.list(query, caller);
  }

  @Public()
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal | undefined): Promise<YearlyReportView> {
    return this.queries.get(id, caller);
  }

  /** The same as a table: part, item, measure, value. */
  @Public()
  @Get(':id/report.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8; header=present')
  async csv(@Id() id: string, @Caller() caller: Principal | undefined): Promise<string> {
    return reportCsv(printedYearlyReport(await this.queries.get(id, caller)));
  }

  /** The same to print, and for screen readers (PDF/UA). */
  @Public()
  @Get(':id/report.pdf')
  @Header('Content-Type', 'application/pdf')
  async pdf(@Id() id: string, @Caller() caller: Principal | undefined): Promise<Buffer> {
    const report = await this.queries.get(id, caller);
    return renderedOnce(`yearly-report ${id} ${report.version}`, () =>
      pdfOf(printedYearlyReport(report), new Date(report.generatedAt)),
    );
  }

  /** Takes the figures of a gmina and a past year. */
  @Creates()
  @Post()
  generate(@Body() { terc, year }: GenerateYearlyReport): Promise<Changed> {
    return this.reports.generate(terc, year);
  }

  /** Takes them anew, until the director has approved. */
  @Acts()
  @Post(':id/generation')
  generateAgain(@Id() id: string, @IfMatch() version: number): Promise<Changed> {
    return this.reports.generateAgain(id, version);
  }

  /** Fixes the figures that the director has read, with the additions; the report is public from then on. */
  @Acts()
  @Allow('director')
  @Post(':id/approval')
  approve(@Id() id: string, @IfMatch() version: number, @Body() body: ApproveYearlyReport): Promise<Changed> {
    return this.reports.approve(id, version, body);
  }
}
