import type { Consumer, ConsumerMessages } from '@nats-io/jetstream';
import type { Broker } from './jetstream';

const mostBuffered = 5_000;

/** The messages of some subjects from the oldest that a stream holds on, in its order, without leaving a trace on the broker. */
export class History {
  private readonly buffer: string[] = [];
  private messages: ConsumerMessages | undefined;
  private room: (() => void) | undefined;
  private came: (() => void) | undefined;
  private failure: unknown;

  private constructor(private readonly consumer: Consumer) {}

  static async open(broker: Broker, stream: string, subjects: readonly string[]): Promise<History> {
    const consumer = await broker.streams.consumers.get(stream, { filter_subjects: [...subjects] });
    const history = new History(consumer);
    history.messages = await consumer.consume({ max_messages: 1_000 });
    history.follow(history.messages).catch((error: unknown) => (history.failure = error));
    return history;
  }

  /** Up to so many bodies, those that are there or come within a moment; none when there are none. */
  async take(most: number, within = 200): Promise<string[]> {
    if (this.failure) throw this.failure;
    if (this.buffer.length === 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, within);
        this.came = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    const taken = this.buffer.splice(0, most);
    this.room?.();
    return taken;
  }

  giveBack(bodies: readonly string[]): void {
    this.buffer.unshift(...bodies);
  }

  /** How many the broker has still to hand out. */
  async pending(): Promise<number> {
    return (await this.consumer.info()).num_pending;
  }

  stop(): void {
    this.messages?.stop();
    this.room?.();
  }

  private async follow(messages: ConsumerMessages): Promise<void> {
    for await (const message of messages) {
      this.buffer.push(message.string());
      this.came?.();
      if (this.buffer.length >= mostBuffered) await new Promise<void>((resolve) => (this.room = resolve));
    }
  }
}
