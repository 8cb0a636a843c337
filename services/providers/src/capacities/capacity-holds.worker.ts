import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { CapacityHoldCommands } from './capacity-holds.commands';

/** Milliseconds. Whoever asks for a place frees what has expired; this is for those who only look. */
const lookEvery = 5_000;

/** Tidies holds that nobody confirmed and tells what is free. However many of a capacity expired meanwhile, it is one event. */
@Injectable()
export class CapacityHoldKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(holds: CapacityHoldCommands, @Inject(LOGGER) log: Logger) {
    const onError = (error: unknown): void => log.warn({ error: String(error) }, 'capacity-holds.stumbled');
    const tick = (): Promise<boolean> => withContext(freshContext(), () => holds.tidy());
    this.worker = new Worker('capacity-holds', tick, lookEvery, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }
}
