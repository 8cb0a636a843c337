import { setTimeout as pause } from 'node:timers/promises';
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Broker } from './jetstream';
import type { Telemetry } from './telemetry';
import { ackWait } from './topology-plan';

// A request for messages is lost with the node that led the consumer. With the client's own thirty seconds nobody would notice for as
// long, and then wait as long for another try.
const signsOfBroker = { expires: 4_000, idle_heartbeat: 1_000 };
export const batchSize = 50;
// Enough to be busy until more has come. What waits in one replica is not with another, which may have the events before it.
const mostWaiting = 150;
// The broker deals messages out by turns, so the event before one is often under way in another replica: a moment, and it is done.
const shortWaits = [8, 16, 32, 64, 128, 256];

/**
 * Messages of a durable pull consumer, no more than there is room for, each kept alive with the broker until it is answered.
 * Binds to the durable, and binds again whenever it, its stream or the connection went away.
 */
export class Intake {
  private readonly queue: JsMsg[] = [];
  /** Wait a moment for the event before them, which is under way elsewhere. */
  private readonly held = new Set<JsMsg>();
  private readonly shortWaitsOf = new WeakMap<JsMsg, number>();
  /** Taken from the queue and not yet answered. */
  private atHand: readonly JsMsg[] = [];
  private signOfLife: NodeJS.Timeout | undefined;
  private messages: ConsumerMessages | undefined;
  private pulling: Promise<void> | undefined;
  private readonly ending = new AbortController();
  private roomMade: (() => void) | undefined;

  constructor(
    private readonly stream: string,
    private readonly durable: string,
    private readonly broker: Broker,
    private readonly arrived: () => void,
    private readonly telemetry: Telemetry,
    /** Resolves when it is this replica's turn to ask. */
    private readonly turn: () => Promise<void>,
  ) {}

  get size(): number {
    return this.queue.length;
  }

  get isClosed(): boolean {
    return this.ending.signal.aborted;
  }

  start(): void {
    this.pulling = this.pull();
    this.signOfLife = setInterval(() => {
      for (const message of [...this.atHand, ...this.queue, ...this.held]) message.working();
    }, ackWait / 3);
  }

  /** Asks for no more. What is here can still be taken. */
  close(): void {
    this.ending.abort();
    this.messages?.stop();
    this.roomMade?.();
  }

  /** Gives back to the broker what was not taken. */
  async giveBack(): Promise<void> {
    for (const message of [...this.queue.splice(0), ...this.held]) message.nak();
    this.held.clear();
    await this.pulling;
    clearInterval(this.signOfLife);
  }

  /** The next batch, at hand until the one after it is taken. */
  take(): readonly JsMsg[] {
    this.atHand = this.queue.splice(0, batchSize);
    this.roomMade?.();
    return this.atHand;
  }

  mayHold(message: JsMsg): boolean {
    return (this.shortWaitsOf.get(message) ?? 0) < shortWaits.length;
  }

  /** Puts it back into the queue after a moment; the broker would take a hundred times as long to bring it again. */
  hold(message: JsMsg): void {
    const waits = this.shortWaitsOf.get(message) ?? 0;
    this.shortWaitsOf.set(message, waits + 1);
    this.held.add(message);
    setTimeout(() => {
      // Given back meanwhile, as the service ends.
      if (!this.held.delete(message)) return;
      this.queue.push(message);
      this.arrived();
    }, shortWaits[waits]);
  }

  /**
   * Asks for no more than there is room for, so that everything that was delivered is in the queue and gets its signs of life: what waits
   * unseen in the client comes a second time after `ack_wait`, and under load a service would soon do little else than wave repetitions
   * through.
   */
  private async pull(): Promise<void> {
    for (let failures = 0; !this.isClosed; failures += 1) {
      try {
        const consumer = await this.broker.streams.consumers.get(this.stream, this.durable);
        while (!this.isClosed) {
          await this.turn();
          const messages = await consumer.fetch({ max_messages: await this.room(), ...signsOfBroker });
          this.messages = messages;
          // Told to stop while asking.
          if (this.isClosed) messages.stop();
          for await (const message of messages) {
            if (this.isClosed) message.nak();
            else this.queue.push(message);
            this.arrived();
          }
          failures = 0;
        }
      } catch (error) {
        this.telemetry.log.warn({ consumer: this.durable, error: (error as Error).message }, 'consumer.unbound');
      }
      await this.pause(Math.min(100 * 2 ** Math.min(failures, 6), 5000));
    }
  }

  /** How many more may wait here, once that is a few. */
  private async room(): Promise<number> {
    const taken = (): number => this.queue.length + this.held.size;
    while (taken() > mostWaiting - batchSize && !this.isClosed)
      await new Promise<void>((resolve) => (this.roomMade = resolve));
    return Math.max(mostWaiting - taken(), 1);
  }

  /** Cut short by `close`. */
  private async pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.ending.signal, ref: false }).catch(() => undefined);
  }
}
