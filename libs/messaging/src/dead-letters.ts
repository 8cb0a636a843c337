import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import { EventInvalid } from '@okienko/contracts/validation';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { currentContext } from './context';
import { findAnswer, keepAnswer } from './idempotency';
import { Inbox } from './inbox';
import { aggregateKey, type Incoming, readEvent } from './incoming';
import { storable } from './storable';
import { inTransaction, type Transaction } from './transaction';

export type ParkReason = 'UNREADABLE' | 'UNROUTABLE' | 'INVALID' | 'REFUSED' | 'EXHAUSTED' | 'GAP' | 'BEHIND_PARKED';

class NotParked extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'not-parked';
  constructor() {
    super('This dead letter has been dealt with already.');
  }
}

class NotTheFirst extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'not-first-of-its-aggregate';
  constructor(first: string) {
    super(
      `An earlier event of the same aggregate is parked. Deal with ${first} first; the later ones follow by themselves.`,
    );
  }
}

class StillUnreadable extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'still-unreadable';
  constructor() {
    super('It is no event that this service can read, so it cannot be handled. Discard it.');
  }
}

class StillInvalid extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'still-invalid';
}

/** What became of a dead letter, and of those that waited behind it. */
export interface Settled {
  readonly id: string;
  readonly status: 'RETRIED' | 'DISCARDED';
  /** Later events of the aggregate that were handled with it. */
  readonly released: number;
  readonly stillParked: number;
}

interface Parked {
  readonly consumer: string;
  readonly body: string;
  readonly readable: boolean;
}

export async function park(
  transaction: Transaction,
  consumer: string,
  incoming: Incoming | undefined,
  body: string,
  reason: ParkReason,
  error: string,
  attempts: number,
): Promise<void> {
  await transaction.query(
    `insert into dead_letter (id, consumer, event_id, event_name, aggregate_type, aggregate_id, sequence, body, reason, error, attempts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      uuidv7(),
      consumer,
      incoming?.event.id ?? null,
      incoming?.name ?? null,
      incoming?.aggregateType ?? null,
      incoming?.aggregateId ?? null,
      incoming?.sequence ?? null,
      storable(body),
      reason,
      storable(error).slice(0, 500),
      attempts,
    ],
  );
}

/** Runs the handler of an event inside a transaction. */
export type Handle = (incoming: Incoming, transaction: Transaction) => Promise<void>;

/** The events that could not be handled, and the two ways out: once more, or not at all. */
export class DeadLetters {
  private readonly handlers = new Map<string, Handle>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Pick<Logger, 'info'> = { info: () => undefined },
  ) {}

  serve(consumer: string, handle: Handle): void {
    this.handlers.set(consumer, handle);
  }

  /** Handles the event again, then those that waited behind it, in order, up to the first that fails. */
  retry(id: string, who: string): Promise<Settled> {
    return this.settle(id, who, 'RETRIED', 'handled again');
  }

  /** Goes past the event without its effect, then handles those that waited behind it. */
  discard(id: string, who: string, why: string): Promise<Settled> {
    return this.settle(id, who, 'DISCARDED', why);
  }

  private async settle(id: string, who: string, status: Settled['status'], note: string): Promise<Settled> {
    const { idempotency } = currentContext();
    const { settled, about } = await inTransaction(this.dataSource, async (transaction) => {
      const answered = idempotency && (await findAnswer<Settled>(transaction, idempotency));
      if (answered) return { settled: answered.result, about: undefined };
      const done = await this.settleOnce(transaction, id, who, status, note);
      if (idempotency) await keepAnswer(transaction, idempotency, done.settled);
      return done;
    });
    // Once it stands: a repeated request does nothing again and says nothing again.
    if (about) this.log.info({ ...about, ...settled, who, note }, 'dead-letter.settled');
    return settled;
  }

  private async settleOnce(
    transaction: Transaction,
    id: string,
    who: string,
    status: Settled['status'],
    note: string,
  ): Promise<{ settled: Settled; about: object }> {
    const [letter] = await transaction.query<Parked>(
      `select consumer, body, aggregate_id is not null as readable from dead_letter where id = $1`,
      [id],
    );
    if (!letter) throw new NotFound('dead letter');
    const { consumer } = letter;
    // The aggregate is locked before any of its letters: two operators at two of them would wait for each other.
    const incoming = letter.readable ? readEvent(letter.body) : undefined;
    const inbox = new Inbox(transaction, consumer);
    const positions = await inbox.positions(incoming ? [incoming] : []);
    const [parked] = await transaction.query(
      `select 1 from dead_letter where id = $1 and status = 'PARKED' for update`,
      [id],
    );
    if (!parked) throw new NotParked();
    const position = incoming && positions.get(aggregateKey(incoming));
    if (!position) {
      if (status === 'RETRIED') throw new StillUnreadable();
      await this.close(transaction, id, status, who, note);
      return { settled: { id, status, released: 0, stillParked: 0 }, about: { consumer } };
    }
    const aggregate = [consumer, incoming.aggregateType, incoming.aggregateId];
    const [first, ...behind] = await transaction.query<{ id: string; body: string }>(
      `select id::text, body from dead_letter where consumer = $1 and aggregate_type = $2 and aggregate_id = $3 and status = 'PARKED' order by sequence for update`,
      aggregate,
    );
    if (first && first.id !== id) throw new NotTheFirst(first.id);
    if (status === 'RETRIED') await this.handle(consumer, incoming, transaction);
    position.sequence = Math.max(position.sequence, incoming.sequence);
    await this.close(transaction, id, status, who, note);
    let released = 0;
    for (const { id: next, body } of behind) {
      const later = readEvent(body);
      if (later.sequence > position.sequence + 1) break;
      if (!(await this.goesOn(transaction, consumer, next, later))) break;
      position.sequence = later.sequence;
      await this.close(transaction, next, 'RETRIED', who, `released behind ${id}`);
      released += 1;
    }
    const stillParked = behind.length - released;
    position.parked = stillParked > 0;
    inbox.advance(positions);
    const { event, name, aggregateId, sequence } = incoming;
    return {
      settled: { id, status, released, stillParked },
      about: { consumer, eventId: event.id, event: name, aggregateId, sequence },
    };
  }

  private async handle(consumer: string, incoming: Incoming, transaction: Transaction): Promise<void> {
    const handle = this.handlers.get(consumer);
    if (!handle) throw new NotFound('consumer in this service');
    try {
      await handle(incoming, transaction);
    } catch (error) {
      throw error instanceof EventInvalid ? new StillInvalid(error.message) : error;
    }
  }

  /** Handles one that waited. Should it fail, it is the next to be dealt with, and what was done before it stands. */
  private async goesOn(transaction: Transaction, consumer: string, id: string, later: Incoming): Promise<boolean> {
    try {
      await transaction.attempt(() => this.handle(consumer, later, transaction));
      return true;
    } catch (error) {
      await transaction.query('update dead_letter set error = $2, attempts = attempts + 1 where id = $1', [
        id,
        storable((error as Error).message).slice(0, 500),
      ]);
      return false;
    }
  }

  private async close(transaction: Transaction, id: string, status: string, who: string, note: string): Promise<void> {
    await transaction.query(
      `update dead_letter set status = $2, resolved_at = now(), resolved_by = $3, resolution = $4 where id = $1`,
      [id, status, who, note],
    );
  }
}
