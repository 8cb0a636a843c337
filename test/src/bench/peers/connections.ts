import { randomUUID } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { insertApplication, insertEffect, newApplication, storedEvent } from '../job';

/** The payload of the job: the same bytes that our outbox would hold. */
export type Payload = Readonly<Record<string, unknown>>;

/** Eight connections, each with the command of the job on prepared statements: application and whatever the peer enqueues, in one transaction. */
export class CommandConnections {
  private readonly free: Client[] = [];
  private readonly waiting: ((client: Client) => void)[] = [];
  private readonly all: Client[];

  private constructor(
    url: string,
    private readonly enqueue: (client: Client, id: string, payload: Payload) => Promise<unknown>,
  ) {
    this.all = Array.from({ length: 8 }, () => new Client({ connectionString: url }));
  }

  static async open(url: string, enqueue: CommandConnections['enqueue']): Promise<CommandConnections> {
    const connections = new CommandConnections(url, enqueue);
    await Promise.all(connections.all.map((client) => client.connect()));
    connections.free.push(...connections.all);
    return connections;
  }

  async command(): Promise<string> {
    const client = this.free.pop() ?? (await new Promise<Client>((resolve) => this.waiting.push(resolve)));
    const application = newApplication();
    const { id, applicant, state } = application;
    await client.query('begin');
    await client.query({ name: 'application', text: insertApplication, values: [id, applicant, state, 1] });
    await this.enqueue(client, id, { ...storedEvent(application) });
    await client.query('commit');
    const next = this.waiting.shift();
    if (next) next(client);
    else this.free.push(client);
    return id;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((client) => client.end()));
  }
}

/** The effect of the job, on a prepared statement. */
export const storeEffect = (client: Pick<Client | Pool, 'query'>, applicationId: string): Promise<unknown> =>
  client.query({ name: 'effect', text: insertEffect, values: [randomUUID(), applicationId, 'received'] });
