import type { DataSource } from 'typeorm';
import type { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner';

interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null; command: string }>;
}

export class TransactionEnded extends Error {}

/** An open transaction on one connection. */
export class Transaction {
  private open = true;
  private readonly sent: Promise<unknown>[] = [];
  private firstFailure: unknown;

  constructor(
    readonly dataSource: DataSource,
    private readonly client: Client,
  ) {}

  /** What is still running somewhere must not write on: the connection may be another transaction's by then. */
  end(): void {
    this.open = false;
  }

  async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    if (!this.open) throw new TransactionEnded('The transaction of this statement has ended. Await all of its work.');
    try {
      return (await this.client.query(text, values)).rows as Row[];
    } catch (error) {
      this.firstFailure ??= error;
      throw error;
    }
  }

  /** Gives a statement whose answer nobody needs before the commit. Should it fail, the transaction fails with its error. */
  send(text: string, values: unknown[]): void {
    const answer = this.query(text, values);
    answer.catch(() => undefined);
    this.sent.push(answer);
  }

  /** After a failed statement all later ones say only that there was one. */
  causeOf(error: unknown): unknown {
    return codeOf(error) === inFailedTransaction ? (this.firstFailure ?? error) : error;
  }

  async allSent(): Promise<void> {
    await Promise.all(this.sent);
  }
}

export class NotCommitted extends Error {}

/** Runs `act` in a transaction of its own. An error rolls back and reaches the caller. */
export async function inTransaction<T>(
  dataSource: DataSource,
  act: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner() as PostgresQueryRunner;
  try {
    const client = (await runner.connect()) as Client;
    const transaction = new Transaction(dataSource, client);
    // Goes out with the first statement; without a connection neither gets anywhere.
    const begun = client.query('begin');
    begun.catch(() => undefined);
    try {
      const result = await act(transaction);
      transaction.end();
      const committed = client.query('commit');
      committed.catch(() => undefined);
      await begun;
      await transaction.allSent();
      // After a swallowed error PostgreSQL answers COMMIT with ROLLBACK, and no client library complains.
      const { command } = await committed;
      if (command !== 'COMMIT')
        throw new NotCommitted('The transaction was rolled back because a statement in it had failed.');
      return result;
    } catch (error) {
      transaction.end();
      await client.query('rollback').catch(() => undefined);
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
