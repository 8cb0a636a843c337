import pg from 'pg';
import { namedPg } from './named-pg';
import type { Sql } from './gap-reader';

/**
 * The connection that holds the relay's lock and does all its work: when it dies the lock is free and nothing more can be written
 * on it; a relay that was frozen wakes up to a dead connection.
 */
export class RelaySession implements Sql {
  private alive = true;

  private constructor(private readonly client: pg.Client) {
    client.on('error', () => (this.alive = false));
    client.on('end', () => (this.alive = false));
  }

  /** The session, if no other replica leads. */
  static async lead(url: string): Promise<RelaySession | undefined> {
    const client = new namedPg.Client({
      connectionString: url,
      application_name: 'okienko outbox relay',
      keepAlive: true,
      statement_timeout: 30_000,
    });
    const session = new RelaySession(client);
    await client.connect();
    const [row] = await session.query<{ leads: boolean }>(
      `select pg_try_advisory_lock(hashtext('okienko outbox relay'), hashtext(current_schema())) as leads`,
    );
    if (row?.leads) return session;
    await session.end();
    return undefined;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query(text, values)).rows as Row[];
  }

  async end(): Promise<void> {
    this.alive = false;
    await this.client.end().catch(() => undefined);
  }
}
