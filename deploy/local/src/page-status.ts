import { connect } from '@nats-io/transport-node';
import { loginOf } from '@okienko/messaging/jetstream';
import { Client } from 'pg';
import type { Engine } from './engine';
import type { Shown, ShownService } from './page-shown';

export interface ServiceStatus {
  readonly name: string;
  readonly url: string;
  readonly ready: boolean;
  readonly version: string | null;
  readonly pid: number | null;
}

export interface EngineStatus extends ServiceStatus {
  readonly source: string;
}

export interface Status {
  readonly ready: boolean;
  readonly services: readonly ServiceStatus[];
  readonly engines: readonly EngineStatus[];
  /** Address of the token issuer. */
  readonly issuer: string;
  readonly note?: string;
}

/** Milliseconds that a service or an engine may take to say that it is ready. */
const patience = 1_500;

/** Asks everybody now, side by side. */
export async function statusOf({ services, engines, issuer, note }: Shown): Promise<Status> {
  const [asked, checked] = await Promise.all([
    Promise.all(services.map(serviceStatus)),
    Promise.all(engines.map(engineStatus)),
  ]);
  const ready = [...asked, ...checked].every((one) => one.ready);
  return { ready, services: asked, engines: checked, issuer: issuer.url, ...(note !== undefined && { note }) };
}

async function serviceStatus(service: ShownService): Promise<ServiceStatus> {
  const { name, url } = service;
  const pid = service.pid();
  try {
    const ask = (): Promise<Response> => fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(patience) });
    // Once more, as an idle connection may be closed at the very moment in which it is used again.
    const response = await ask().catch(ask);
    const said = (await response.json()) as { version?: string; pid?: number };
    return { name, url, ready: response.ok, version: said.version ?? null, pid: pid ?? said.pid ?? null };
  } catch {
    return { name, url, ready: false, version: null, pid: pid ?? null };
  }
}

async function engineStatus({ name, url, version, pid, source }: Engine): Promise<EngineStatus> {
  const answers = url.startsWith('postgres') ? postgresAnswers(url) : natsAnswers(url);
  const ready = await answers.then(
    () => true,
    () => false,
  );
  return { name, url: withoutCredentials(url), ready, version, pid: pid ?? null, source };
}

async function postgresAnswers(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: patience, query_timeout: patience });
  client.on('error', () => {}); // said by the query already
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end();
  }
}

async function natsAnswers(url: string): Promise<void> {
  const connection = await connect({ ...loginOf(url), reconnect: false, timeout: patience });
  await connection.close();
}

/** Of one address or several with commas between; what stands after `?` may hold a password too. */
export const withoutCredentials = (url: string): string => url.replaceAll(/[^/,]*@/g, '').replace(/\?.*$/, '');
