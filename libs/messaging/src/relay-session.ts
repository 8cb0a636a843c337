import pg from 'pg';
import { namedPg } from './named-pg';
import type { Sql } from './gap-reader';

/** Milliseconds in which a database that is there takes a connection, and says whether the lock is free. */
const patience = 5_000;

/**
 * The connection that waits for the relay's lock, then holds it and does all its work: when it dies the lock is free and nothing more can be written
 * on it; a relay that was frozen wakes up to a dead connection. One failed statement ends it: what was being read or written then is
 * unknown, and the next session begins from what the database holds.
 */
export class RelaySession implements Sql {
  private alive = true;

  private constructor(private readonly client: pg.Client) {
    client.on('error', () => (this.alive = false));
    client.on('end', () => (this.alive = false));
  }

  static async open(url: string): Promise<RelaySession> {
    const client = new namedPg.Client({
      connectionString: url,
      application_name: 'okienko outbox relay',
      keepAlive: true,
      // What is lost of its notes in a crash was published after them, and is published again.
      options: '-c synchronous_commit=off -c plan_cache_mode=force_generic_plan',
      connectionTimeoutMillis: patience,
      statement_timeout: 30_000,
      // A server that is gone without a word answers no timeout of its own.
      query_timeout: 35_000,
    });
    const session = new RelaySession(client);
    try {
      await client.connect();
    } catch (error) {
      await session.end();
      throw error;
    }
    return session;
  }

  /** Whether it leads from now on: no other replica does. Asked again and again by who does not. */
  async takesLead(): Promise<boolean> {
    const text = `select pg_try_advisory_lock(hashtext('okienko outbox relay'), hashtext(current_schema())) as leads`;
    const asked = this.client.query<{ leads: boolean }>({ text, query_timeout: patience } as pg.QueryConfig);
    const [row] = await this.answerOf(asked);
    return row?.leads === true;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.answerOf(this.client.query(text, values))) as Row[];
  }

  private async answerOf<Row extends pg.QueryResultRow>(asked: Promise<pg.QueryResult<Row>>): Promise<Row[]> {
    try {
      return (await asked).rows;
    } catch (error) {
      this.alive = false;
      throw error;
    }
  }

  /** Gives a statement that need not be waited for: the next ones come after it, and should it fail, so do they. */
  send(text: string, values: unknown[]): void {
    this.query(text, values).catch(() => undefined);
  }

  async end(): Promise<void> {
    this.alive = false;
    await this.client.end().catch(() => undefined);
  }
}
