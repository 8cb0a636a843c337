import type { DataSource } from 'typeorm';
import type { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner';

interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null; command: string }>;
}

export class TransactionEnded extends Error {}

/** Gives a transaction the rows that several have left for its end. */
export type Writing<Row> = (transaction: Transaction, rows: readonly Row[]) => void;

interface Statement {
  readonly text: string;
  readonly values: unknown[];
  readonly returned?: ((rows: readonly unknown[]) => void) | undefined;
}

class Undone extends Error {}

/** A transaction on one connection. It begins with its first statement. */
export class Transaction {
  private open = true;
  private begun: Promise<unknown> | undefined;
  private readonly sent: Promise<unknown>[] = [];
  private held: Statement[] = [];
  private kept: { readonly row: unknown; readonly write: Writing<unknown> }[] = [];
  private firstFailure: unknown;

  constructor(
    readonly dataSource: DataSource,
    private readonly client: Client,
  ) {}

  async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    if (!this.open) throw new TransactionEnded('The transaction of this statement has ended. Await all of its work.');
    this.release();
    // Goes out with the first statement; without a connection neither gets anywhere.
    this.begun ??= this.quietly(this.client.query('begin'));
    return this.give<Row>(text, values);
  }

  /** Gives a statement whose answer nobody needs before the commit. Should it fail, the transaction fails with its error. */
  send(text: string, values: unknown[]): void {
    this.sent.push(this.quietly(this.query(text, values)));
  }

  /**
   * The same for a write that no other one held at that time depends on, in whatever order they take effect: if nothing follows, all that
   * is held goes as one statement, which costs the server a third of several; and if nothing went before it either, without a
   * `begin` and a `commit` around it. What does follow goes behind it. `returned` hears what the last of the held ones returns.
   */
  hold(text: string, values: unknown[], returned?: Statement['returned']): void {
    this.held.push({ text, values, returned });
  }

  /** Keeps rows for the end, where all that were kept for the same `write` go as one. */
  keep<Row>(rows: readonly Row[], write: Writing<Row>): void {
    for (const row of rows) this.kept.push({ row, write: write as Writing<unknown> });
  }

  /** Gives what is held one by one: it is no longer the end. */
  release(): void {
    for (const { text, values } of this.held.splice(0)) this.send(text, values);
  }

  /** Runs `act` so that its failure undoes what it did, and nothing else. Throws what it threw. */
  async attempt(act: () => Promise<unknown>): Promise<void> {
    await this.query('savepoint attempt');
    const before = this.sent.length;
    const keptBefore = this.kept.length;
    try {
      await act();
      this.release();
      await Promise.all(this.sent.slice(before));
      this.send('release savepoint attempt', []);
    } catch (error) {
      const cause = this.causeOf(error);
      this.held = [];
      this.kept.splice(keptBefore);
      await Promise.allSettled(this.sent.splice(before));
      this.firstFailure = undefined;
      // The savepoint would outlive what is undone, and stand before those that were set earlier.
      await this.give('rollback to savepoint attempt', []);
      this.send('release savepoint attempt', []);
      throw cause;
    }
  }

  /** Runs `act` to learn what would come of it, and undoes all that it did. Throws what it threw. */
  async trial<T>(act: () => Promise<T>): Promise<T> {
    const found: T[] = [];
    try {
      await this.attempt(async () => {
        found.push(await act());
        this.release();
        await Promise.all(this.sent);
        throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
    return found[0] as T;
  }

  async commit(): Promise<void> {
    for (const [write, kept] of Map.groupBy(this.kept.splice(0), ({ write }) => write))
      write(
        this,
        kept.map(({ row }) => row),
      );
    this.open = false;
    const last = this.held.length > 0 ? asOne(this.held) : undefined;
    if (!this.begun) {
      if (last) await this.giveLast(last);
      return;
    }
    if (last) this.sent.push(this.quietly(this.giveLast(last)));
    const committed = this.quietly(this.client.query('commit'));
    await this.begun;
    await Promise.all(this.sent);
    // After a swallowed error PostgreSQL answers COMMIT with ROLLBACK, and no client library complains.
    if ((await committed).command !== 'COMMIT')
      throw new NotCommitted('The transaction was rolled back because a statement in it had failed.');
  }

  /** What is still running somewhere must not write on: the connection may be another transaction's by then. */
  async rollback(): Promise<void> {
    this.open = false;
    if (this.begun) await this.client.query('rollback').catch(() => undefined);
  }

  /** After a failed statement all later ones say only that there was one. */
  causeOf(error: unknown): unknown {
    return codeOf(error) === inFailedTransaction ? (this.firstFailure ?? error) : error;
  }

  private async giveLast({ text, values, returned }: Statement): Promise<void> {
    const rows = await this.give(text, values);
    returned?.(rows);
  }

  private async give<Row>(text: string, values: unknown[]): Promise<Row[]> {
    try {
      return (await this.client.query(text, values)).rows as Row[];
    } catch (error) {
      this.firstFailure ??= error;
      throw error;
    }
  }

  /** Its failure is looked at later, or shows in what follows. */
  private quietly<T>(promise: Promise<T>): Promise<T> {
    promise.catch(() => undefined);
    return promise;
  }
}

const joined = new Map<string, string>();

/** Data-modifying statements as one: all but the last become common table expressions. */
function asOne(statements: readonly Statement[]): Statement {
  if (statements.length === 1) return statements[0] as Statement;
  const key = statements.map(({ text }) => text).join(';');
  let text = joined.get(key);
  if (text === undefined) {
    let offset = 0;
    const parts = statements.map((statement) => {
      const shift = offset;
      offset += statement.values.length;
      return statement.text.replace(/\$(\d+)/g, (_, number) => `$${Number(number) + shift}`);
    });
    const last = parts.pop() as string;
    text = `with ${parts.map((part, index) => `w${index} as (${part})`).join(', ')} ${last}`;
    if (joined.size < mostJoined) joined.set(key, text);
  }
  return { text, values: statements.flatMap(({ values }) => values), returned: statements.at(-1)?.returned };
}

// As with the names of prepared statements: no table may grow for ever.
const mostJoined = 1000;

export class NotCommitted extends Error {}

/** Runs `act` in a transaction of its own. An error rolls back and reaches the caller. */
export async function inTransaction<T>(
  dataSource: DataSource,
  act: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner() as PostgresQueryRunner;
  try {
    const transaction = new Transaction(dataSource, (await runner.connect()) as Client);
    try {
      const result = await act(transaction);
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw transaction.causeOf(error);
    }
  } finally {
    await runner.release();
  }
}

const inFailedTransaction = '25P02';
const retryable = new Set(['40001', '40P01']);
/** Serialisation failure or deadlock: the same transaction may succeed when it is run again. */
export const mayRetry = (error: unknown): boolean => retryable.has(codeOf(error));
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  codeOf(error) === '23505' &&
  (constraint === undefined || (error as { constraint?: string }).constraint === constraint);
const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '');
