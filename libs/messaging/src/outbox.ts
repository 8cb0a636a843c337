import { aggregateOf, type CloudEvent, type DomainEvent, envelope, subjectOf } from '@okienko/contracts/event';
import { assertSendable } from '@okienko/contracts/validation';
import type { Clock } from './clock';
import type { Context } from './context';
import type { OutboxRow } from './gap-reader';
import type { Transaction } from './transaction';

// NATS takes 1 MiB by default; headers and a margin are left free.
const mostBytes = 1024 * 1024 - 4096;

/** Events. More of them go as lists: a statement of its own for every number of rows would fill the cache of prepared ones. */
const few = 8;

export class EventTooLarge extends Error {}

interface Row {
  readonly name: string;
  readonly sequence: number;
  readonly subject: string;
  readonly event: CloudEvent;
  readonly body: string;
}

/** Collects the events of one command and writes them as the last statement of its transaction. */
export class Outbox {
  private readonly rows: Row[] = [];
  private numbers: readonly string[] = [];

  constructor(
    private readonly transaction: Transaction,
    private readonly context: Context,
    private readonly clock: Clock,
  ) {}

  get size(): number {
    return this.rows.length;
  }

  /** Checks and serialises now: an event that could never be published is refused together with its command. */
  add(facts: readonly DomainEvent[], firstSequence: number): void {
    facts.forEach((fact, index) => {
      assertSendable(fact.contract, fact.data);
      const event = envelope(fact, firstSequence + index, this.clock.now(), this.context);
      const body = JSON.stringify(event);
      if (Buffer.byteLength(body) > mostBytes)
        throw new EventTooLarge(`${fact.contract.$id} is larger than a message may be`);
      this.rows.push({
        name: fact.contract.$id,
        sequence: firstSequence + index,
        subject: subjectOf(fact.contract),
        event,
        body,
      });
    });
  }

  /** The last statement before the commit, and on its way together with it. */
  flush(): void {
    if (this.rows.length > 0)
      insert(this.transaction, this.rows, (returned) => {
        this.numbers = (returned as { seq: string }[]).map(({ seq }) => seq);
      });
  }

  /** The same where several share the transaction: one statement for them all. */
  flushWithOthers(): void {
    this.transaction.keep(this.rows, insert);
  }

  /** What lies in the outbox once the transaction has committed; empty when its numbers were not told. */
  get stored(): OutboxRow[] {
    return this.numbers.map((seq, index) => {
      const { name, subject, event, body } = this.rows[index] as Row;
      const { id, subject: aggregateId } = event;
      return {
        seq: BigInt(seq),
        id,
        aggregateType: aggregateOf(name),
        aggregateId,
        subject,
        event: body,
        parked: false,
      };
    });
  }
}

function insert(transaction: Transaction, rows: readonly Row[], returned?: (rows: readonly unknown[]) => void): void {
  if (rows.length > few) return insertMany(transaction, rows, returned);
  transaction.hold(
    `insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ${rows
      .map((_, row) => `(${[1, 2, 3, 4, 5, 6].map((column) => `$${row * 6 + column}`).join(', ')})`)
      .join(', ')} returning seq::text as seq`,
    rows.flatMap(({ name, sequence, subject, event, body }) => [
      event.id,
      aggregateOf(name),
      event.subject,
      sequence,
      subject,
      body,
    ]),
    returned,
  );
}

function insertMany(
  transaction: Transaction,
  rows: readonly Row[],
  returned?: (rows: readonly unknown[]) => void,
): void {
  const column = (value: (row: Row) => unknown): unknown[] => rows.map(value);
  transaction.hold(
    `insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::text[], $6::text[]) returning seq::text as seq`,
    [
      column(({ event }) => event.id),
      column(({ name }) => aggregateOf(name)),
      column(({ event }) => event.subject),
      column(({ sequence }) => sequence),
      column(({ subject }) => subject),
      column(({ body }) => body),
    ],
    returned,
  );
}
