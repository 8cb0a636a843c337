import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { NeedReportCommands } from './need-reports.commands';
import { NeedReportQueries } from './need-reports.queries';

/** Milliseconds. */
const lookEvery = 2_000;

/** Settles reports of needs of which an application has come. Of several replicas the first does it, and only once. */
@Injectable()
export class NeedReportApplications implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(
    private readonly queries: NeedReportQueries,
    private readonly reports: NeedReportCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'need-report.stumbled');
    this.worker = new Worker('need-report-applications', () => this.settle(), lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async settle(): Promise<boolean> {
    for (const { reportId, applicationId } of await this.queries.appliedFor())
      await withContext(freshContext(), () => this.reports.turnIntoApplication(reportId, applicationId)).catch(
        (error: unknown) => this.log.error({ reportId, error: String(error) }, 'need-report.settling-failed'),
      );
    return false;
  }
}
