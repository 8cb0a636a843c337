import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { NeedReportCommands } from './need-reports.commands';
import { NeedReportQueries } from './need-reports.queries';

/** Settles reports of needs of which an application has come. Of several replicas the first does it, and only once. */
@Injectable()
export class NeedReportApplications extends Background {
  protected readonly name = 'need-report-applications';
  protected override readonly lookEvery = 2_000;

  constructor(
    private readonly queries: NeedReportQueries,
    private readonly reports: NeedReportCommands,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.each(await this.queries.appliedFor(), ({ reportId, applicationId }) =>
      this.reports.turnIntoApplication(reportId, applicationId),
    );
    return false;
  }
}
