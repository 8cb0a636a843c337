import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { FeeCalendarCommands } from './fee-calendar.commands';

/** Milliseconds. Days change once a day, but what is due after a downtime should not wait. */
const lookEvery = 5_000;

/** Charges what was delivered once its month is over, and tells what was not paid in time. Of several replicas the first does it. */
@Injectable()
export class FeeCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(
    private readonly fees: FeeCalendarCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'fee-calendar.stumbled');
    this.worker = new Worker('fee-calendar', () => this.keep(), lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async keep(): Promise<boolean> {
    for (const itemId of await this.fees.unsettled()) await this.alone(itemId, () => this.fees.settleUnits(itemId));
    for (const feeId of await this.fees.late()) await this.alone(feeId, () => this.fees.fallOverdue(feeId));
    return false;
  }

  /** One that fails holds up no other. */
  private alone(about: string, act: () => Promise<void>): Promise<void> {
    return withContext(freshContext(), act).catch((error: unknown) =>
      this.log.error({ about, error: String(error) }, 'fee-calendar.failed'),
    );
  }
}
