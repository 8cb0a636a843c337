import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { NeedReportCommands } from './need-reports.commands';
import { NeedReportQueries } from './need-reports.queries';

/** Milliseconds. Days change once a day, but what is due after a downtime should not wait. */
const lookEvery = 5_000;

/** Erases the words of reports that have been settled for long enough. Of several replicas the first does it. */
@Injectable()
export class NeedReportRetention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(
    private readonly queries: NeedReportQueries,
    private readonly reports: NeedReportCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'retention.stumbled');
    this.worker = new Worker('need-report-retention', () => this.keep(), lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async keep(): Promise<boolean> {
    for (const reportId of await this.queries.expired())
      await withContext(freshContext(), () => this.reports.expire(reportId)).catch((error: unknown) =>
        this.log.error({ reportId, error: String(error) }, 'retention.report-failed'),
      );
    return false;
  }
}
