import type pg from 'pg';
import { namedPg } from './named-pg';
import type { Telemetry } from './telemetry';
import { Worker } from './worker';

/** Milliseconds between two tries of those who wait, and two signs of life of those who do not. */
const lookEvery = 1_000;
/** Milliseconds without a sign of life after which PostgreSQL ends the session. */
const patience = 5_000;

interface Answer {
  readonly name: string;
  readonly mine: boolean;
}

/**
 * Which replica asks the broker for the events of a consumer: one at a time. Its batches take turns anyway, and a broker that deals a chain of
 * events out to two replicas makes each wait for the other at every link. Nothing but speed rests on it: who handles what is decided by
 * the inbox, so two who both believe that it is their turn do no harm.
 *
 * The turns are locks of one session. PostgreSQL ends the session of a replica that was killed at once, and of one that stands still soon.
 */
export class Turns {
  private readonly held = new Set<string>();
  private readonly waiting = new Map<string, (() => void)[]>();
  private client: pg.Client | undefined;
  private stopped = false;
  private readonly worker: Worker;

  constructor(
    private readonly databaseUrl: string,
    private readonly telemetry: Telemetry,
  ) {
    this.worker = new Worker(
      'turns',
      () => this.look(),
      lookEvery,
      (error) => telemetry.log.warn({ error: (error as Error).message }, 'turns.stumbled'),
    );
  }

  start(): void {
    this.worker.start();
  }

  /** Others have their turn from now on. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const goOn of [...this.waiting.values()].flat()) goOn();
    await this.worker.stop();
    await this.client?.end().catch(() => undefined);
    this.held.clear();
  }

  /** Resolves when it is this replica's turn, or when there are no turns any more. */
  async mine(consumer: string): Promise<void> {
    if (this.stopped || this.held.has(consumer)) return;
    await new Promise<void>((goOn) => {
      this.waiting.set(consumer, [...(this.waiting.get(consumer) ?? []), goOn]);
      this.worker.wake();
    });
  }

  private async look(): Promise<boolean> {
    const client = (this.client ??= await this.connect());
    const { rows } = await client
      .query<Answer>(
        `select name, pg_try_advisory_lock(hashtext('okienko turn of ' || name), hashtext(current_schema())) as mine
       from unnest($1::text[]) as name`,
        [[...this.waiting.keys()]],
      )
      .catch((error: unknown) => {
        // What it holds is unknown now; without it it holds nothing.
        void client.end().catch(() => undefined);
        this.lose(client);
        throw error;
      });
    for (const { name, mine } of rows) {
      if (!mine) continue;
      this.held.add(name);
      this.telemetry.log.info({ consumer: name }, 'consumer.turn');
      for (const goOn of this.waiting.get(name) ?? []) goOn();
      this.waiting.delete(name);
    }
    return false;
  }

  private async connect(): Promise<pg.Client> {
    const client = new namedPg.Client({
      connectionString: this.databaseUrl,
      application_name: 'okienko turns',
      keepAlive: true,
      options: `-c idle_session_timeout=${patience}`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    await client.connect();
    return client;
  }

  private lose(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.held.clear();
  }
}
