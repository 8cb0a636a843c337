import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { freshContext, withContext } from '@okienko/messaging/context';
import { Worker } from '@okienko/messaging/worker';
import { type Logger, LOGGER } from './logger';

/**
 * What a service does by itself, from its start to its end, such as keeping its calendar. What is due belongs in the rows, so that downtime
 * only makes it late and of several replicas the first does it.
 */
@Injectable()
export abstract class Background implements OnApplicationBootstrap, BeforeApplicationShutdown {
  /** As metrics and log lines say it. */
  protected abstract readonly name: string;
  /** Milliseconds between two looks. Days change once a day, but what is due after a downtime should not wait. */
  protected readonly lookEvery: number = 5_000;
  @Inject(LOGGER) private readonly log!: Logger;
  private worker: Worker | undefined;

  onApplicationBootstrap(): void {
    const onError = (error: unknown): void => this.log.warn({ error: String(error) }, `${this.name}.stumbled`);
    this.worker = new Worker(this.name, () => withContext(freshContext(), () => this.keep()), this.lookEvery, onError);
    this.worker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker?.stop();
  }

  /** One look. True when there is more to do at once. */
  protected abstract keep(): Promise<boolean>;

  protected wake(): void {
    this.worker?.wake();
  }

  /** Acts on each in a context of its own; one that fails holds up no other. */
  protected async each<Subject>(
    subjects: readonly Subject[],
    act: (subject: Subject) => Promise<unknown>,
  ): Promise<void> {
    for (const subject of subjects)
      await withContext(freshContext(), () => act(subject)).catch((error: unknown) =>
        this.log.error({ subject, error: String(error) }, `${this.name}.failed`),
      );
  }
}
