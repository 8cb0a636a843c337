import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { Worker } from '@okienko/messaging/worker';
import { LayingCommands } from './laying.commands';

/** Where no partner reads over NATS it asks the database alone, and needs no broker. */
@Injectable()
export class NatsFeedWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;

  constructor(
    private readonly laying: LayingCommands,
    @Inject(LOGGER) log: Logger,
  ) {
    const onError = (error: unknown): void => log.warn({ error: String(error) }, 'nats-feeds.stumbled');
    this.worker = new Worker('nats-feeds', () => this.layDue(), 250, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
    await this.laying.close();
  }

  private async layDue(): Promise<boolean> {
    let more = false;
    for (const id of await this.laying.due()) more = (await this.laying.lay(id)) || more;
    return more;
  }
}
