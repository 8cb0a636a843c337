import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Inbox } from './inbox';
import { aggregateKey, type Incoming, readEvent } from './incoming';
import { inTransaction, type Transaction } from './transaction';

export type ParkReason = 'UNREADABLE' | 'UNROUTABLE' | 'INVALID' | 'REFUSED' | 'EXHAUSTED' | 'GAP' | 'BEHIND_PARKED';

/** What an operator may see: never the body. */
export interface DeadLetterView {
  readonly id: string;
  readonly consumer: string;
  readonly eventId: string | null;
  readonly eventName: string | null;
  readonly aggregateId: string | null;
  readonly sequence: number | null;
  readonly reason: ParkReason;
  readonly error: string;
  readonly attempts: number;
  readonly status: 'PARKED' | 'RETRIED' | 'DISCARDED';
  readonly createdAt: Date;
}

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

interface Parked {
  readonly id: string;
  readonly consumer: string;
  readonly body: string;
  readonly reason: ParkReason;
  readonly status: string;
  readonly key: string | null;
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
      body,
      reason,
      error.slice(0, 500),
      attempts,
    ],
  );
}

/** Runs the handler of an event inside a transaction. */
export type Handle = (incoming: Incoming, transaction: Transaction) => Promise<void>;

/** The events that could not be handled, and the two ways out: once more, or not at all. */
export class DeadLetters {
  private readonly handlers = new Map<string, Handle>();

  constructor(private readonly dataSource: DataSource) {}

  serve(consumer: string, handle: Handle): void {
    this.handlers.set(consumer, handle);
  }

  list(after: string | undefined, limit: number): Promise<DeadLetterView[]> {
    return this.dataSource.query(
      `select id, consumer, event_id as "eventId", event_name as "eventName", aggregate_id as "aggregateId", sequence, reason, error, attempts, status,
              created_at as "createdAt"
       from dead_letter where ($1::uuid is null or id > $1) order by id limit $2`,
      [after ?? null, limit],
    );
  }

  /** Handles the event again, then those that waited behind it, in order, up to the first that fails. */
  retry(id: string, who: string): Promise<void> {
    return this.settle(id, who, 'RETRIED', 'handled again');
  }

  /** Goes past the event without its effect, then handles those that waited behind it. */
  discard(id: string, who: string, why: string): Promise<void> {
    return this.settle(id, who, 'DISCARDED', why);
  }

  private settle(id: string, who: string, status: 'RETRIED' | 'DISCARDED', note: string): Promise<void> {
    return inTransaction(this.dataSource, async (transaction) => {
      const [letter] = await transaction.query<Parked>(
        `select id::text, consumer, body, reason, status, aggregate_type || ' ' || aggregate_id as key from dead_letter where id = $1 for update`,
        [id],
      );
      if (!letter) throw new NotFound('dead letter');
      if (letter.status !== 'PARKED') throw new NotParked();
      if (letter.key === null) return this.close(transaction, letter.id, status, who, note);
      const incoming = readEvent(letter.body);
      const inbox = new Inbox(transaction, letter.consumer);
      const positions = await inbox.positions([incoming]);
      const waiting = await transaction.query<{ id: string; body: string }>(
        `select id::text, body from dead_letter where consumer = $1 and aggregate_type = $2 and aggregate_id = $3 and status = 'PARKED' order by sequence for update`,
        [letter.consumer, incoming.aggregateType, incoming.aggregateId],
      );
      const [first, ...behind] = waiting;
      if (first && first.id !== id) throw new NotTheFirst(first.id);
      const position = positions.get(aggregateKey(incoming));
      if (!position) return;
      if (status === 'RETRIED') await this.handlerOf(letter.consumer)(incoming, transaction);
      position.sequence = Math.max(position.sequence, incoming.sequence);
      await this.close(transaction, id, status, who, note);
      for (const { id: next, body } of behind) {
        const later = readEvent(body);
        if (later.sequence > position.sequence + 1) break;
        await this.handlerOf(letter.consumer)(later, transaction);
        position.sequence = later.sequence;
        await this.close(transaction, next, 'RETRIED', who, `released behind ${id}`);
      }
      const [rest] = await transaction.query<{ n: number }>(
        `select count(*)::int as n from dead_letter where consumer = $1 and aggregate_type = $2 and aggregate_id = $3 and status = 'PARKED'`,
        [letter.consumer, incoming.aggregateType, incoming.aggregateId],
      );
      position.parked = (rest?.n ?? 0) > 0;
      await inbox.advance(positions);
    });
  }

  private handlerOf(consumer: string): Handle {
    const handle = this.handlers.get(consumer);
    if (!handle) throw new NotFound('consumer in this service');
    return handle;
  }

  private async close(transaction: Transaction, id: string, status: string, who: string, note: string): Promise<void> {
    await transaction.query(
      `update dead_letter set status = $2, resolved_at = now(), resolved_by = $3, resolution = $4 where id = $1`,
      [id, status, who, note],
    );
  }
}
