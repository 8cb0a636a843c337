import { createHash } from 'node:crypto';
import type { DomainEvent } from '@okienko/contracts/event';
import type { DataSource } from 'typeorm';
import { type Aggregate, type AggregateType, assertIs, loadLocked, type Only, store } from './aggregate-store';
import { Clock } from './clock';
import { type Context, currentContext } from './context';
import type { OutboxRow } from './gap-reader';
import { findAnswer, keepAnswer } from './idempotency';
import { Outbox } from './outbox';
import { untraced } from './tracing';
import { inTransaction, isUniqueViolation, mayRetry, type Transaction } from './transaction';

/** What a command may do inside its transaction. */
export interface Work {
  /** Loads an aggregate for change under its row lock. Throws NotFound, also when it is not as `only` says, or StaleVersion when `expectedVersion` is given and differs. */
  load<A extends Aggregate>(type: AggregateType<A>, id: string, expectedVersion?: number, only?: Only): Promise<A>;
  /**
   * Stores an aggregate together with what happened to it. Nothing is ever stored without an event: version = sequence of the last one.
   * What a constraint refuses fails the command at its end.
   */
  save(aggregate: Aggregate, first: DomainEvent, ...more: DomainEvent[]): Promise<void>;
  /** Plain SQL in the same transaction: reads, counters, copies. Parameterised statements are prepared once. */
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The same when nothing of its answer is of interest: it costs no round trip, and should it fail, so does the command. */
  send(text: string, values: unknown[]): void;
}

/** What one act brought about, in order. */
type Facts = DomainEvent | readonly [DomainEvent, ...DomainEvent[]];

type Listener = (stored: readonly OutboxRow[]) => void;

const attempts = 4;
const transactionSpan = {
  name: 'transaction',
  kind: 'INTERNAL',
  attributes: { 'db.system.name': 'postgresql' },
} as const;

/** One command, one transaction: aggregates, events, the answer to a repeated request, or nothing. */
export class UnitOfWork {
  private readonly listeners: Listener[] = [];

  constructor(
    readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly tracing = untraced,
  ) {}

  /** Called after each commit that left events in the outbox, with the events if they are at hand. */
  onCommitted(listener: Listener): void {
    this.listeners.push(listener);
  }

  async run<T>(act: (work: Work) => T | Promise<T>): Promise<T> {
    const context = currentContext();
    if (context.transaction) {
      const { result, outbox } = await this.perform(context.transaction, context, act);
      outbox.flushWithOthers();
      return result;
    }
    return this.tracing.during(transactionSpan, context, (within) => this.transact(within, act));
  }

  private async transact<T>(context: Context, act: (work: Work) => T | Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { result, outbox } = await inTransaction(this.dataSource, (transaction) =>
          this.once(transaction, context, act),
        );
        if (outbox && outbox.size > 0) this.announce(outbox.stored);
        return result;
      } catch (error) {
        const raced = isUniqueViolation(error, 'idempotency_key_pkey');
        if (attempt >= attempts || !(raced || mayRetry(error))) throw error;
      }
    }
  }

  /** The usual command: one aggregate in the version that the caller knows, one act on it. */
  change<A extends Aggregate>(
    type: AggregateType<A>,
    id: string,
    expectedVersion: number,
    act: (aggregate: A, work: Work) => Facts | Promise<Facts>,
  ): Promise<{ id: string; version: number }> {
    return this.run(async (work) => {
      const aggregate = await work.load(type, id, expectedVersion);
      const facts = await act(aggregate, work);
      if ('contract' in facts) await work.save(aggregate, facts);
      else await work.save(aggregate, ...facts);
      return { id, version: aggregate.version };
    });
  }

  announce(stored: readonly OutboxRow[] = []): void {
    for (const listener of this.listeners) listener(stored);
  }

  private async once<T>(
    transaction: Transaction,
    context: Context,
    act: (work: Work) => T | Promise<T>,
  ): Promise<{ result: T; outbox?: Outbox }> {
    const { idempotency } = context;
    const answer = idempotency && (await findAnswer<T>(transaction, idempotency));
    if (answer) return { result: answer.result };
    const done = await this.perform(transaction, context, act);
    if (idempotency) keepAnswer(transaction, idempotency, done.result);
    done.outbox.flush();
    return done;
  }

  private async perform<T>(
    transaction: Transaction,
    context: Context,
    act: (work: Work) => T | Promise<T>,
  ): Promise<{ result: T; outbox: Outbox }> {
    const outbox = new Outbox(transaction, context, this.clock);
    const known = new Map<string, Aggregate>();
    const result = await act({
      load: async <A extends Aggregate>(type: AggregateType<A>, id: string, expectedVersion?: number, only?: Only) => {
        const key = `${type.name} ${id}`;
        const loaded = known.get(key) as A | undefined;
        if (loaded && only) assertIs(transaction, loaded, only);
        const aggregate = loaded ?? (await loadLocked(transaction, type, id, expectedVersion, only));
        known.set(key, aggregate);
        return aggregate;
      },
      // A promise, so that what it throws reaches whoever awaits it.
      save: async (aggregate, first, ...more) => {
        const key = `${aggregate.constructor.name} ${aggregate.id}`;
        const isNew = !known.has(key);
        const facts = [first, ...more];
        const last = (isNew ? 0 : aggregate.version) + facts.length;
        outbox.add(facts, last - facts.length + 1);
        (aggregate as { version: number }).version = last;
        store(transaction, aggregate, isNew);
        known.set(key, aggregate);
      },
      query: (text, values) => transaction.query(text, values),
      send: (text, values) => transaction.send(text, values),
    });
    return { result, outbox };
  }
}

/** Digest of a request, to tell a repetition from another request under the same key. */
export const fingerprintOf = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');
