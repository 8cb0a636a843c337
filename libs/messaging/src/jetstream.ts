import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { inboxOf } from '@okienko/contracts/broker-permissions';

export { headers } from '@nats-io/transport-node';
/** The server has answered, and done nothing. */
export { JetStreamApiError as RefusedByBroker } from '@nats-io/jetstream';

/** The one file that knows how a connection is made; the rest uses what it returns. */
export interface Broker {
  readonly connection: NatsConnection;
  readonly inboxPrefix?: string | undefined;
  readonly streams: JetStreamClient;
  readonly manager: JetStreamManager;
}

export class BrokerTooOld extends Error {}

const least: readonly [number, number] = [2, 10];

interface Login {
  readonly servers: string[];
  readonly tls?: object;
  readonly user?: string;
  readonly pass?: string;
  /** Answers come to where nobody else may listen. */
  readonly inboxPrefix?: string;
}

/** How a connection is made by a URL that may name a user: `nats://centre:password@host:4222`, several separated by commas. By `tls://` nothing goes to a server without TLS. */
export function loginOf(url: string): Login {
  const login = /^(?:\w+:\/\/)?([^:@/]+):([^@/]+)@/.exec(url);
  const servers = url.split(',').map((one) => one.replace(/^(\w+:\/\/)?[^@/]*@/, '$1'));
  const safely = url.startsWith('tls://') ? { tls: {} } : {};
  if (!login) return { servers, ...safely };
  const user = decodeURIComponent(login[1] ?? '');
  return { servers, ...safely, user, pass: decodeURIComponent(login[2] ?? ''), inboxPrefix: inboxOf(user) };
}

/** Connects and keeps reconnecting for ever; throws when the server cannot be reached now, or is too old to be trusted with events. */
export async function openBroker(url: string, name: string): Promise<Broker> {
  const login = loginOf(url);
  const { inboxPrefix } = login;
  const connection = await connect({
    ...login,
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    ignoreClusterUpdates: false,
    // Otherwise one refusal, as while an account is being changed, would end the connection for good.
    ignoreAuthErrorAbort: true,
  });
  const version = connection.info?.version ?? '0.0.0';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < least[0] || (major === least[0] && minor < least[1])) {
    await connection.close();
    throw new BrokerTooOld(
      `nats-server ${version} cannot flush to disk before it acknowledges, and has known holes. Use 2.10 at least, 2.12.6 or later in production.`,
    );
  }
  try {
    return { connection, inboxPrefix, streams: jetstream(connection), manager: await jetstreamManager(connection) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
