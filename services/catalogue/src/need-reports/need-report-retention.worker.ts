import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { NeedReportCommands } from './need-reports.commands';
import { NeedReportQueries } from './need-reports.queries';

/** Erases the words of reports that have been settled for long enough. Of several replicas the first does it. */
@Injectable()
export class NeedReportRetention extends Background {
  protected readonly name = 'need-report-retention';

  constructor(
    private readonly queries: NeedReportQueries,
    private readonly reports: NeedReportCommands,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.each(await this.queries.expired(), (reportId) => this.reports.expire(reportId));
    return false;
  }
}
