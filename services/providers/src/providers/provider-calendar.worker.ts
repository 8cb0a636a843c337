import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { ProviderCommands } from './providers.commands';

/** Milliseconds. Days change once a day, but what is due after a downtime should not wait. */
const lookEvery = 5_000;

/** Lets verifications expire after their last day. What is due is in the rows themselves, so a week of downtime only makes it late. */
@Injectable()
export class ProviderCalendar implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(providers: ProviderCommands, @Inject(LOGGER) log: Logger) {
    const onError = (error: unknown): void => log.warn({ error: String(error) }, 'provider-calendar.stumbled');
    const keep = (): Promise<boolean> => withContext(freshContext(), () => providers.expire());
    this.worker = new Worker('provider-calendar', keep, lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }
}
