import { topology } from '@okienko/contracts/streams';
import { services } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { portNumber } from '@okienko/local/ports';
import { brokerPasswords, keptSecrets } from '@okienko/local/secrets';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { Pool } from 'pg';

interface Places {
  /** As a superuser. */
  readonly databaseUrl: string;
  readonly brokerUrl: string;
}

/** Where the engines are of what `npm start` runs in this home. */
export function placesOf(home: string, env: NodeJS.ProcessEnv = process.env): Places {
  const secret = (file: string, name: string): string => encodeURIComponent(keptSecrets(home, file)(name));
  const database = new URL(
    env['DATABASE_URL'] ??
      `postgresql://postgres:${secret('postgres', 'postgres')}@127.0.0.1:${portNumber('postgres', env)}`,
  );
  database.pathname = '/okienko';
  const brokerUrl =
    env['NATS_URL'] ?? `nats://centre:${secret(brokerPasswords, 'centre')}@127.0.0.1:${portNumber('nats', env)}`;
  return { databaseUrl: database.href, brokerUrl };
}

/** Events on the streams that their consumers have not been given, or not acknowledged. */
export async function unheard({ manager }: Broker, namespace: string): Promise<number> {
  const { consumers } = topology(namespace);
  const states = await Promise.all(consumers.map(({ stream, durable }) => manager.consumers.info(stream, durable)));
  return states.reduce((sum, { num_pending, num_ack_pending }) => sum + num_pending + num_ack_pending, 0);
}

/** The ways past the services that the loader and the checks need, into what `npm start` runs. */
export class Behind {
  private constructor(
    readonly admin: Pool,
    readonly broker: Broker,
  ) {}

  static async open({ databaseUrl, brokerUrl }: Places, closing: Closing): Promise<Behind> {
    const admin = new Pool({ connectionString: databaseUrl, max: 4 });
    admin.on('error', () => undefined);
    closing.add(() => admin.end());
    const broker = await openBroker(brokerUrl, 'city');
    closing.add(() => broker.connection.close());
    return new Behind(admin, broker);
  }

  async rows<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.admin.query(text, values)).rows as T[];
  }

  async count(text: string, values: unknown[] = []): Promise<number> {
    return (await this.rows<{ count: number }>(`select (${text})::int as count`, values))[0]?.count ?? 0;
  }

  /** Events that lie in the outboxes and not yet on the streams, or there and not yet handled by everybody. */
  async waiting(): Promise<number> {
    const unhandled = await unheard(this.broker, 'okienko');
    const unsent = await this.count(
      services.map((s) => `(select count(*) from ${s}.outbox o, ${s}.outbox_relay r where o.seq > r.low)`).join(' + '),
    );
    return unhandled + unsent;
  }
}
