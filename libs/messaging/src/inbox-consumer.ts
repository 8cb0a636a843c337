import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { DomainError } from '@okienko/contracts/domain-error';
import { EventInvalid } from '@okienko/contracts/validation';
import type { DataSource } from 'typeorm';
import { masked } from './dead-letter.queries';
import { type Handle, park, type ParkReason } from './dead-letters';
import { Inbox, type Position, runsOf } from './inbox';
import { aggregateKey, type Incoming, readEvent, Unreadable } from './incoming';
import type { Broker } from './jetstream';
import { Linger } from './linger';
import type { Telemetry } from './telemetry';
import { ackWait } from './topology-plan';
import { inTransaction } from './transaction';

export interface ConsumerSettings {
  readonly stream: string;
  readonly durable: string;
  /** Types of aggregates that some handler of this service listens to; events of all others are passed over. */
  readonly aggregates: ReadonlySet<string>;
}

interface Taken {
  readonly message: JsMsg;
  readonly incoming: Incoming;
}

type Outcome = 'handled' | 'repeated' | 'waiting' | 'behind-parked';

// A request for messages is lost with the node that led the consumer. With the client's own thirty seconds nobody would notice for as
// long, and then wait as long for another try.
const signsOfBroker = { expires: 4_000, idle_heartbeat: 1_000 };
const behindParked = 'An earlier event of the aggregate is parked.';
const batchSize = 50;
// Enough to be busy until more has come. What waits in one replica is not with another, which may have the events before it.
const mostWaiting = 150;
// The broker deals messages out by turns, so the event before one is often under way in another replica: a moment, and it is done.
const shortWaits = [8, 16, 32, 64, 128, 256];
const mostAttempts = 8;
// About ten minutes of waiting for a predecessor that never comes. Our own count: the broker's grows with every failure of the database.
const mostWaits = 600;
// Longer, and a chain of waiting events would cost that much for each of its links.
const longestWait = 1_000;

/**
 * Takes events from a durable pull consumer and handles each exactly once, in the order of its aggregate, whatever the number of
 * replicas: the inbox and the positions in the effect's own transaction decide, the broker only delivers. (Design: events A5, C3.5.)
 */
export class InboxConsumer {
  private readonly queue: JsMsg[] = [];
  /** Wait a moment for the event before them, which is under way elsewhere. */
  private readonly held = new Set<JsMsg>();
  private readonly shortWaitsOf = new WeakMap<JsMsg, number>();
  /** The last batch had an event whose predecessor was under way elsewhere: the next will have one too. */
  private contended = false;
  /** Taken from the queue and not yet answered. */
  private atHand: readonly JsMsg[] = [];
  private signOfLife: NodeJS.Timeout | undefined;
  private messages: ConsumerMessages | undefined;
  private working: Promise<void> | undefined;
  private pulling: Promise<void> | undefined;
  private closing = false;
  private readonly linger = new Linger(6, batchSize);
  private roomMade: (() => void) | undefined;

  constructor(
    private readonly settings: ConsumerSettings,
    private readonly broker: Broker,
    private readonly dataSource: DataSource,
    private readonly handle: Handle,
    private readonly committed: () => void,
    private readonly telemetry: Telemetry,
  ) {}

  start(): void {
    this.pulling = this.pull();
    this.signOfLife = setInterval(() => {
      for (const message of [...this.atHand, ...this.queue, ...this.held]) message.working();
    }, ackWait / 3);
  }

  /** Stops pulling, finishes what is at hand, gives back what was not begun. */
  async stop(): Promise<void> {
    this.closing = true;
    this.messages?.stop();
    this.roomMade?.();
    await this.working;
    for (const message of [...this.queue.splice(0), ...this.held]) message.nak();
    this.held.clear();
    await this.pulling;
    clearInterval(this.signOfLife);
  }

  /**
   * Binds to the durable and binds again whenever it, its stream or the connection went away. Asks for no more than there is room for, so
   * that everything that was delivered is in the queue and gets its signs of life: what waits unseen in the client comes a second time after
   * `ack_wait`, and under load a service would soon do little else than wave repetitions through.
   */
  private async pull(): Promise<void> {
    for (let failures = 0; !this.closing; failures += 1) {
      try {
        const consumer = await this.broker.streams.consumers.get(this.settings.stream, this.settings.durable);
        while (!this.closing) {
          const messages = await consumer.fetch({ max_messages: await this.room(), ...signsOfBroker });
          this.messages = messages;
          // Told to stop while asking.
          if (this.closing) messages.stop();
          for await (const message of messages) {
            if (this.closing) message.nak();
            else this.queue.push(message);
            this.work();
          }
          failures = 0;
        }
      } catch (error) {
        this.telemetry.log.warn(
          { consumer: this.settings.durable, error: (error as Error).message },
          'consumer.unbound',
        );
      }
      if (!this.closing)
        await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** Math.min(failures, 6), 5000)).unref());
    }
  }

  /** How many more may wait here, once that is a few. */
  private async room(): Promise<number> {
    const taken = (): number => this.queue.length + this.held.size;
    while (taken() > mostWaiting - batchSize && !this.closing)
      await new Promise<void>((resolve) => (this.roomMade = resolve));
    return Math.max(mostWaiting - taken(), 1);
  }

  private work(): void {
    this.working ??= this.drain()
      .catch((error: unknown) => this.stumbled(error))
      .finally(() => {
        this.working = undefined;
        // What came between the last look into the queue and this moment would else lie there until the next message.
        if (this.queue.length > 0 && !this.closing) this.work();
      });
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0 && !this.closing) {
      await this.linger.gather(this.queue.length);
      const batch = this.queue.splice(0, batchSize);
      this.atHand = batch;
      this.roomMade?.();
      this.roomMade = undefined;
      const taken: Taken[] = [];
      for (const message of batch) {
        const one = await this.take(message);
        if (one) taken.push(one);
      }
      // What came back out of order is a chain again.
      taken.sort((a, b) => a.incoming.sequence - b.incoming.sequence);
      if (taken.length > 0) await this.settle(taken);
      this.atHand = [];
      this.linger.note(batch.length);
    }
  }

  private async take(message: JsMsg): Promise<Taken | undefined> {
    try {
      const incoming = readEvent(message.string());
      if (this.settings.aggregates.has(incoming.aggregateType)) return { message, incoming };
      message.ack();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      await this.guard(message, async () => {
        await inTransaction(this.dataSource, (transaction) =>
          park(transaction, this.settings.durable, undefined, message.string(), 'UNREADABLE', error.message, 1),
        );
        this.parked('UNREADABLE', undefined, error);
        message.term('unreadable');
      });
    }
    return undefined;
  }

  /**
   * All in one transaction, first in the hope that each is the next of its aggregate and none fails; then with a look at each, so that a
   * bad event costs only itself; and if the transaction as such fails, each alone.
   */
  private async settle(taken: readonly Taken[]): Promise<void> {
    const timer = this.telemetry.handling.startTimer({ consumer: this.settings.durable });
    try {
      if (this.contended || !(await this.inTurn(taken))) await this.carefully(taken);
    } catch (error) {
      if (taken.length > 1) for (const one of taken) await this.settle([one]);
      else await this.failed(taken[0] as Taken, error);
    } finally {
      timer();
    }
  }

  /** The usual case in one round trip, unless a handler asks for something itself. False when it is not the usual case. */
  private async inTurn(taken: readonly Taken[]): Promise<boolean> {
    const began = Date.now();
    const runs = runsOf(taken.map(({ incoming }) => incoming));
    if (!runs) return false;
    try {
      await inTransaction(this.dataSource, async (transaction) => {
        new Inbox(transaction, this.settings.durable).take(runs);
        for (const { incoming } of taken) await this.handle(incoming, transaction);
      });
    } catch {
      // Whatever it was, the careful way finds out.
      return false;
    }
    this.committed();
    for (const { message, incoming } of taken) {
      this.report(incoming, 'handled', Date.now() - began);
      message.ack();
    }
    return true;
  }

  /** Asks which are new and how far each aggregate has come, before any is handled. */
  private async carefully(taken: readonly Taken[]): Promise<void> {
    const began = Date.now();
    const failures = new Map<Taken, unknown>();
    const { outcomes, waits } = await inTransaction(this.dataSource, async (transaction) => {
      const inbox = new Inbox(transaction, this.settings.durable);
      const [fresh, positions] = await Promise.all([
        inbox.note(taken.map(({ incoming }) => incoming.event.id)),
        inbox.positions(taken.map(({ incoming }) => incoming)),
      ]);
      const moved = new Map<string, Position>();
      const waiting: string[] = [];
      const shortly: string[] = [];
      const undone = new Set<string>();
      const done: Outcome[] = [];
      for (const one of taken) {
        const { incoming } = one;
        const key = aggregateKey(incoming);
        const position = positions.get(key) as Position;
        const place = placeOf(incoming, position, fresh.has(incoming.event.id));
        const outcome = place === 'handled' && undone.has(incoming.event.id) ? 'waiting' : place;
        done.push(outcome);
        // One that waits or fails stays fresh: a second copy of the same message, acknowledged as a repetition, would take the first with it.
        if (outcome === 'waiting') (this.mayHold(one.message) ? shortly : waiting).push(incoming.event.id);
        else fresh.delete(incoming.event.id);
        if (outcome === 'behind-parked')
          await park(transaction, this.settings.durable, incoming, incoming.body, 'BEHIND_PARKED', behindParked, 0);
        if (outcome !== 'handled') continue;
        try {
          await transaction.attempt(() => this.handle(incoming, transaction));
          position.sequence = incoming.sequence;
          moved.set(key, position);
        } catch (error) {
          failures.set(one, error);
          undone.add(incoming.event.id);
          fresh.add(incoming.event.id);
        }
      }
      inbox.advance(moved);
      await inbox.forget([...undone, ...shortly]);
      return { outcomes: done, waits: await inbox.postpone(waiting) };
    });
    this.committed();
    this.contended = outcomes.includes('waiting');
    for (const [one, error] of failures) await this.failed(one, error);
    taken.forEach((one, index) => {
      if (failures.has(one)) return;
      const { message, incoming } = one;
      const outcome = outcomes[index] as Outcome;
      if (outcome === 'waiting' && this.mayHold(message)) return this.hold(message);
      if (outcome === 'behind-parked') this.parked('BEHIND_PARKED', incoming, new Error(behindParked));
      else this.report(incoming, outcome, Date.now() - began);
      const waited = waits.get(incoming.event.id) ?? 1;
      if (outcome !== 'waiting') message.ack();
      else if (waited < mostWaits) message.nak(jittered(Math.min(100 * 2 ** (waited - 1), longestWait)));
      else
        void this.guard(message, () =>
          this.parkFor({ message, incoming }, 'GAP', new Error('Its predecessor never arrived.'), waited),
        );
    });
  }

  private mayHold(message: JsMsg): boolean {
    return (this.shortWaitsOf.get(message) ?? 0) < shortWaits.length;
  }

  /** Puts it back into the queue after a moment; the broker would take a hundred times as long to bring it again. */
  private hold(message: JsMsg): void {
    const waits = this.shortWaitsOf.get(message) ?? 0;
    this.shortWaitsOf.set(message, waits + 1);
    this.held.add(message);
    setTimeout(() => {
      // Given back meanwhile, as the service ends.
      if (!this.held.delete(message)) return;
      this.queue.push(message);
      this.work();
    }, shortWaits[waits]);
  }

  private async failed(taken: Taken, error: unknown): Promise<void> {
    await this.guard(taken.message, async () => {
      if (error instanceof EventInvalid) return this.parkFor(taken, 'INVALID', error, 1);
      if (error instanceof DomainError) return this.parkFor(taken, 'REFUSED', error, 1);
      const attempts = await inTransaction(this.dataSource, (transaction) =>
        new Inbox(transaction, this.settings.durable).countAttempt(taken.incoming.event.id, (error as Error).message),
      );
      if (attempts >= mostAttempts) return this.parkFor(taken, 'EXHAUSTED', error, attempts);
      this.telemetry.log.warn(
        { ...this.about(taken.incoming), attempts, error: (error as Error).message },
        'event.failed',
      );
      taken.message.nak(jittered(Math.min(200 * 2 ** attempts, 60_000)));
    });
  }

  /** Dead letter, inbox row and the aggregate's standstill in one transaction; then the broker is told not to bring it again. */
  private async parkFor(
    { message, incoming }: Taken,
    reason: ParkReason,
    error: unknown,
    attempts: number,
  ): Promise<void> {
    await inTransaction(this.dataSource, async (transaction) => {
      const inbox = new Inbox(transaction, this.settings.durable);
      const fresh = await inbox.note([incoming.event.id]);
      if (fresh.size === 0) return;
      const positions = await inbox.positions([incoming]);
      for (const position of positions.values()) position.parked = true;
      await park(
        transaction,
        this.settings.durable,
        incoming,
        incoming.body,
        reason,
        (error as Error).message,
        attempts,
      );
      inbox.advance(positions);
    });
    this.parked(reason, incoming, error);
    message.term(reason);
  }

  /** When not even the database can be reached, the message comes again later; that is nobody's failed attempt. */
  private async guard(message: JsMsg, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.stumbled(error);
      message.nak(jittered(2000));
    }
  }

  private stumbled(error: unknown): void {
    this.telemetry.log.warn({ consumer: this.settings.durable, error: (error as Error).message }, 'consumer.stumbled');
  }

  private parked(reason: ParkReason, incoming: Incoming | undefined, error: unknown): void {
    this.telemetry.deadLetters.inc({ consumer: this.settings.durable, reason });
    this.telemetry.log.error(
      {
        consumer: this.settings.durable,
        ...(incoming ? this.about(incoming) : {}),
        reason,
        error: masked((error as Error).message),
      },
      'event.parked',
    );
  }

  private report(incoming: Incoming, outcome: Outcome, milliseconds: number): void {
    this.telemetry.handled.inc({ consumer: this.settings.durable, outcome });
    this.telemetry.log.info({ ...this.about(incoming), outcome, ms: milliseconds }, 'event.handled');
  }

  private about(incoming: Incoming): object {
    const { event, name, aggregateId, sequence } = incoming;
    return {
      consumer: this.settings.durable,
      eventId: event.id,
      event: name,
      aggregateId,
      sequence,
      traceparent: event.traceparent,
    };
  }
}

function placeOf(incoming: Incoming, position: Position, isNew: boolean): Outcome {
  if (!isNew || incoming.sequence <= position.sequence) return 'repeated';
  if (position.parked) return 'behind-parked';
  return incoming.sequence === position.sequence + 1 ? 'handled' : 'waiting';
}

const jittered = (milliseconds: number): number => Math.round(milliseconds * (0.7 + Math.random() * 0.6));
