import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { Load } from './load';

const writers = 8;
const filler = 'x'.repeat(590);

/** Numbered rows of 600 bytes, each its own transaction, from eight connections. */
export class PostgresLoad implements Load {
  readonly acknowledged = new Set<number>();
  private next = 0;
  private running = false;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly url: string) {}

  async prepare(): Promise<void> {
    await this.connected((client) => client.query('create table power (n int primary key, filler text not null)'));
  }

  start(): Promise<void> {
    this.running = true;
    this.writing = Promise.all(Array.from({ length: writers }, () => this.write()));
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.writing;
  }

  stored(): Promise<Set<number>> {
    return this.connected(async (client) => {
      const { rows } = await client.query<{ n: number }>('select n from power');
      return new Set(rows.map(({ n }) => n));
    });
  }

  private async write(): Promise<void> {
    while (this.running) {
      try {
        await this.connected(async (client) => {
          while (this.running) {
            const number = this.next++;
            await client.query({ name: 'power', text: 'insert into power values ($1, $2)', values: [number, filler] });
            this.acknowledged.add(number);
          }
        });
      } catch {
        await pause(50);
      }
    }
  }

  private async connected<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined); // the connection breaks with the power; the query in hand says so
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
