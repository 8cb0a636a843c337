import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { OrderCorrespondenceCommands } from './order-correspondence.commands';

/** Milliseconds. Days change once a day, but what is due after a downtime should not wait. */
const lookEvery = 5_000;

/** Reminds providers of answers that are due. That an order lapses is for `cases` to say, which owns the term of the referral. */
@Injectable()
export class OrderCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(orders: OrderCorrespondenceCommands, @Inject(LOGGER) log: Logger) {
    const onError = (error: unknown): void => log.warn({ error: String(error) }, 'order-calendar.stumbled');
    const remind = (): Promise<boolean> => withContext(freshContext(), () => orders.remind());
    this.worker = new Worker('order-calendar', remind, lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }
}
