import type { JsMsg } from '@nats-io/jetstream';
import { DomainError } from '@okienko/contracts/domain-error';
import { EventInvalid } from '@okienko/contracts/validation';
import type { DataSource } from 'typeorm';
import { isTraceparent, traceIdOf } from './context';
import { masked } from './dead-letter.queries';
import { type Handle, park, type ParkReason } from './dead-letters';
import { Inbox, type Position, runsOf } from './inbox';
import { aggregateKey, type Incoming, readEvent, Unreadable } from './incoming';
import { batchSize, Intake } from './intake';
import type { Broker } from './jetstream';
import { Linger } from './linger';
import { NotYet } from './not-yet';
import { handleStretches, type StrandOf, stretchesOf } from './strands';
import type { Telemetry } from './telemetry';
import { inTransaction, mayRetry, type Transaction } from './transaction';

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

type Outcome = 'handled' | 'repeated' | 'waiting' | 'behind-parked' | 'failed';

const behindParked = 'An earlier event of the aggregate is parked.';
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
  private readonly intake: Intake;
  /** The last batch had an event whose predecessor was under way elsewhere: the next will have one too. */
  private contended = false;
  private working: Promise<void> | undefined;
  private readonly linger = new Linger(6, batchSize);

  constructor(
    private readonly settings: ConsumerSettings,
    broker: Broker,
    private readonly dataSource: DataSource,
    private readonly handle: Handle,
    private readonly committed: () => void,
    private readonly telemetry: Telemetry,
    turn: () => Promise<void> = () => Promise.resolve(),
    private readonly strandOf: StrandOf = () => undefined,
  ) {
    this.intake = new Intake(settings.stream, settings.durable, broker, () => this.work(), telemetry, turn);
  }

  start(): void {
    this.intake.start();
  }

  /** Stops pulling, finishes what is at hand, gives back what was not begun. */
  async stop(): Promise<void> {
    this.intake.close();
    await this.working;
    await this.intake.giveBack();
  }

  private work(): void {
    this.working ??= this.drain()
      .catch((error: unknown) => this.stumbled(error))
      .finally(() => {
        this.working = undefined;
        // What came between the last look into the queue and this moment would else lie there until the next message.
        if (this.hasWork) this.work();
      });
  }

  private get hasWork(): boolean {
    return this.intake.size > 0 && !this.intake.isClosed;
  }

  private async drain(): Promise<void> {
    while (this.hasWork) {
      await this.linger.gather(this.intake.size);
      const batch = this.intake.take();
      const taken: Taken[] = [];
      for (const message of batch) {
        const one = await this.take(message);
        if (one) taken.push(one);
      }
      // What came back out of order is a chain again.
      taken.sort((a, b) => a.incoming.sequence - b.incoming.sequence);
      if (taken.length > 0) await this.settle(taken);
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

  /**
   * The usual case in one round trip, unless a handler asks for something itself; what those of different strands ask goes together. False
   * when it is not the usual case.
   */
  private async inTurn(taken: readonly Taken[]): Promise<boolean> {
    const began = Date.now();
    const events = taken.map(({ incoming }) => incoming);
    const runs = runsOf(events);
    if (!runs) return false;
    try {
      await inTransaction(this.dataSource, async (transaction) => {
        const inbox = new Inbox(transaction, this.settings.durable);
        if (taken.length > 1) inbox.takeTurn();
        inbox.take(runs);
        const stretches = stretchesOf(events, ({ event }) => this.strandOf(event));
        await handleStretches(stretches, (incoming) => this.handle(incoming, transaction));
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
      if (taken.length > 1) inbox.takeTurn();
      const [fresh, positions] = await Promise.all([
        inbox.note(taken.map(({ incoming }) => incoming.event.id)),
        inbox.positions(taken.map(({ incoming }) => incoming)),
      ]);
      const moved = new Map<string, Position>();
      const again = new Set<string>();
      const postponed: string[] = [];
      const done: Outcome[] = [];
      for (const one of taken) {
        const { message, incoming } = one;
        const { id } = incoming.event;
        const position = positions.get(aggregateKey(incoming)) as Position;
        let outcome = placeOf(incoming, position, fresh.has(id));
        // A second copy of what has just failed.
        if (outcome === 'handled') outcome = again.has(id) ? 'waiting' : await this.attempt(one, transaction, failures);
        done.push(outcome);
        if (outcome === 'waiting' && !this.intake.mayHold(message)) postponed.push(id);
        else if (outcome === 'waiting' || outcome === 'failed') again.add(id);
        // One that waits or fails stays fresh: a second copy of the same message, acknowledged as a repetition, would take the first with it.
        else fresh.delete(id);
        if (outcome === 'behind-parked')
          await park(transaction, this.settings.durable, incoming, incoming.body, 'BEHIND_PARKED', behindParked, 0);
        if (outcome !== 'handled') continue;
        position.sequence = incoming.sequence;
        moved.set(aggregateKey(incoming), position);
      }
      inbox.advance(moved);
      await inbox.forget([...again]);
      return { outcomes: done, waits: await inbox.postpone(postponed) };
    });
    this.committed();
    this.contended = outcomes.includes('waiting');
    for (const [index, one] of taken.entries()) {
      const { message, incoming } = one;
      const outcome = outcomes[index] as Outcome;
      if (outcome === 'failed') await this.failed(one, failures.get(one));
      else if (outcome === 'waiting') this.wait(one, waits.get(incoming.event.id));
      else {
        if (outcome === 'behind-parked') this.parked('BEHIND_PARKED', incoming, new Error(behindParked));
        else this.report(incoming, outcome, Date.now() - began);
        message.ack();
      }
    }
  }

  private async attempt(one: Taken, transaction: Transaction, failures: Map<Taken, unknown>): Promise<Outcome> {
    try {
      await transaction.attempt(() => this.handle(one.incoming, transaction));
      return 'handled';
    } catch (error) {
      if (error instanceof NotYet) return 'waiting';
      // Not the event's fault, and its transaction may be gone.
      if (mayRetry(error)) throw error;
      failures.set(one, error);
      return 'failed';
    }
  }

  /** Here, if it may; else with the broker, and not for ever. */
  private wait(one: Taken, waited: number | undefined): void {
    const { message } = one;
    if (waited === undefined && this.intake.mayHold(message)) return this.intake.hold(message);
    this.report(one.incoming, 'waiting', 0);
    if (waited === undefined || waited < mostWaits)
      message.nak(jittered(Math.min(100 * 2 ** ((waited ?? 1) - 1), longestWait)));
    else
      void this.guard(message, () => this.parkFor(one, 'GAP', new Error('What it depends on never arrived.'), waited));
  }

  private async failed(taken: Taken, error: unknown): Promise<void> {
    await this.guard(taken.message, async () => {
      if (error instanceof EventInvalid) return this.parkFor(taken, 'INVALID', error, 1);
      if (error instanceof DomainError) return this.parkFor(taken, 'REFUSED', error, 1);
      if (mayRetry(error)) return taken.message.nak(jittered(100));
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
    const consumer = this.settings.durable;
    this.telemetry.handled.inc({ consumer, outcome });
    if (outcome === 'handled')
      this.telemetry.eventLag.observe({ consumer }, (Date.now() - Date.parse(incoming.event.time)) / 1000);
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
      traceId: isTraceparent(event.traceparent) ? traceIdOf(event.traceparent) : undefined,
    };
  }
}

function placeOf(incoming: Incoming, position: Position, isNew: boolean): Outcome {
  if (!isNew || incoming.sequence <= position.sequence) return 'repeated';
  if (position.parked) return 'behind-parked';
  return incoming.sequence === position.sequence + 1 ? 'handled' : 'waiting';
}

const jittered = (milliseconds: number): number => Math.round(milliseconds * (0.7 + Math.random() * 0.6));
