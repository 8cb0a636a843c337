import { randomUUID } from 'node:crypto';
import { Agent, type ClientRequest, get, type RequestOptions } from 'node:http';
import { type Service, services } from '@okienko/contracts/event';
import type { Pool } from 'pg';
import type { Replica, System } from '../chaos/system/system';
import type { Troubles } from '../upgrade/troubles';

/** Milliseconds. */
const beat = 75;
const lookEvery = 500;
const patience = 15_000;
/** Each with connections of its own, one to a service: a front deals out connections, and one client alone would be one replica's. */
const clients = 10;

const reads: Record<Service, readonly [account: string, path: string]> = {
  catalogue: ['desk-anna', '/areas'],
  cases: ['coordinator-ewa', `/allocations?planId=${randomUUID()}`],
  providers: ['coordinator-ewa', `/service-orders?allocationId=${randomUUID()}`],
  notifications: ['operator-tomasz', '/grants?limit=1'],
};

/**
 * A read from each service more than ten times a second, whatever became of those before: when a service answers nobody for a while, this shows for
 * how long. Nothing is tried again.
 */
export class Pulse {
  readonly longestPause: Record<Service, number> = { catalogue: 0, cases: 0, providers: 0, notifications: 0 };
  private readonly answeredAt = new Map<Service, number>();
  private readonly agents = Array.from({ length: clients }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  private readonly underWay = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly urls: Readonly<Record<Service, string>>,
    private readonly tokenOf: (account: string) => Promise<string>,
    private readonly troubles: Troubles,
  ) {
    const began = performance.now();
    for (const service of services) this.answeredAt.set(service, began);
    let turn = 0;
    this.timer = setInterval(() => {
      const agent = this.agents[(turn += 1) % clients] as Agent;
      for (const service of services) {
        const one: Promise<void> = this.read(service, agent).finally(() => this.underWay.delete(one));
        this.underWay.add(one);
      }
    }, beat);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.underWay);
    for (const agent of this.agents) agent.destroy();
  }

  private async read(service: Service, agent: Agent): Promise<void> {
    const [account, path] = reads[service];
    const call = `GET ${service}${path.replace(/=.*/, '=…')}`;
    try {
      const headers = { authorization: `Bearer ${await this.tokenOf(account)}` };
      const { status, retryAfter } = await answerOf(`${this.urls[service]}${path}`, { agent, headers });
      if (status !== 200) return this.troubles.note(call, status, retryAfter);
      const now = performance.now();
      const pause = (now - (this.answeredAt.get(service) ?? now)) / 1000;
      this.longestPause[service] = Math.max(this.longestPause[service], pause);
      this.answeredAt.set(service, now);
    } catch (error) {
      this.troubles.note(call, 0, false, error);
    }
  }
}

const answerOf = (url: string, options: RequestOptions): Promise<{ status: number; retryAfter: boolean }> =>
  new Promise((resolve, reject) => {
    get(url, { ...options, timeout: patience }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] !== undefined }),
      );
    })
      .on('error', reject)
      .on('timeout', function (this: ClientRequest) {
        this.destroy(new Error(`no answer within ${patience / 1000} s`));
      });
  });

/** What one replica has done so far, by its own metrics. */
export interface Work {
  readonly requests: number;
  readonly events: number;
}

/** Looks twice a second at what each replica has done and at how many are connected to PostgreSQL; who has gone is remembered. */
export class Watch {
  readonly work = new Map<string, Work>();
  connectionsAtMost = 0;
  private open = true;
  private readonly looking: Promise<void>;

  constructor(private readonly system: Pick<System, 'replicas' | 'admin'>) {
    this.looking = this.keepLooking();
  }

  async stop(): Promise<void> {
    this.open = false;
    await this.looking;
  }

  async look(): Promise<void> {
    const { replicas, admin } = this.system;
    await Promise.all([
      ...replicas.map((replica) => this.ask(replica)),
      connections(admin).then((count) => (this.connectionsAtMost = Math.max(this.connectionsAtMost, count))),
    ]);
  }

  private async keepLooking(): Promise<void> {
    while (this.open) {
      await this.look();
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
    }
  }

  private async ask({ name, url }: Replica): Promise<void> {
    const text = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(2000) })
      .then((response) => (response.ok ? response.text() : ''))
      .catch(() => '');
    if (text) this.work.set(name, workIn(text));
  }
}

/** Probes and scrapes are no work. */
function workIn(metrics: string): Work {
  let [requests, events] = [0, 0];
  for (const line of metrics.split('\n')) {
    const value = Number(line.slice(line.lastIndexOf(' ')));
    if (line.startsWith('okienko_http_request_seconds_count') && !/route="\/(health|metrics)/.test(line))
      requests += value;
    if (line.startsWith('okienko_events_handled_total') && line.includes('outcome="handled"')) events += value;
  }
  return { requests, events };
}

const connections = async (admin: Pool): Promise<number> =>
  (
    await admin.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where backend_type = 'client backend'`,
    )
  ).rows[0]?.count ?? 0;

/** So many may be connected, those left out that are kept for a superuser. */
export const connectionsLimit = async (admin: Pool): Promise<number> =>
  (
    await admin.query<{ free: number }>(
      `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as free`,
    )
  ).rows[0]?.free ?? 0;

const outboxes = services.map((service) => `select id, created_at, subject from ${service}.outbox`).join(' union all ');
const inboxes = services
  .map((service) => `select consumer, event_id, received_at from ${service}.inbox`)
  .join(' union all ');

export interface EventPauses {
  /** Seconds in which no event was handled anywhere, at the longest. */
  readonly pause: number;
  /** Seconds that an event waited at the longest, and which. */
  readonly wait: number;
  readonly waited: string;
}

export async function eventPauses(admin: Pool, from: Date, to: Date): Promise<EventPauses> {
  const { rows } = await admin.query<EventPauses>(
    `with handled as (select *, extract(epoch from received_at - created_at)::float8 as waited
       from (${inboxes}) i join (${outboxes}) o on o.id = i.event_id where created_at between $1 and $2)
     select waited as wait, subject || ' at ' || consumer || ', committed at ' || round(extract(epoch from created_at - $1)) || ' s' as waited,
       (select max(extract(epoch from received_at - before))::float8
        from (select received_at, lag(received_at, 1, $1) over (order by received_at) as before from handled) h) as pause
     from handled order by handled.waited desc limit 1`,
    [from, to],
  );
  return rows[0] ?? { pause: Infinity, wait: Infinity, waited: 'no event was handled' };
}
