import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { first, MatchIndexCommands } from './match-index.commands';

/** Milliseconds. There is nothing more to do until the next start. */
const idle = 24 * 60 * 60 * 1000;

/** Completes the index of names at every start, batch by batch from wherever it was left. Replicas share the work. */
@Injectable()
export class MatchIndex implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly worker: Worker;
  private last: string | undefined = first;

  constructor(
    private readonly commands: MatchIndexCommands,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, 'match-index.stumbled');
    this.worker = new Worker('match-index', () => this.complete(), idle, onError);
  }

  onApplicationBootstrap(): void {
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.stop();
  }

  private async complete(): Promise<boolean> {
    const { last } = this;
    if (last === undefined) return false;
    this.last = await withContext(freshContext(), () => this.commands.complete(last));
    return this.last !== undefined;
  }
}
