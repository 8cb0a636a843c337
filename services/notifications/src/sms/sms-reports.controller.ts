import { Body, Controller, Headers, Post } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { Acts } from '@okienko/chassis/http';
import { RawBody, TakesRaw } from '../channels/raw-bodies.hook';
import { SmsReportCommands } from './sms-reports.commands';
import { type ReportTaken, SmsReport } from './sms-reports.dto';

const mostBytes = 256 * 1024;

/** What the gateway says later of a message that it had taken; its signature stands for a token. */
@Controller('sms-reports')
export class SmsReportController {
  constructor(private readonly reports: SmsReportCommands) {}

  @Post()
  @Acts()
  @Public()
  @TakesRaw(mostBytes)
  take(
    @RawBody() raw: Buffer,
    @Headers() headers: Record<string, string>,
    @Body() report: SmsReport,
  ): Promise<ReportTaken> {
    this.reports.verify(raw, headers);
    return this.reports.take(report);
  }
}
