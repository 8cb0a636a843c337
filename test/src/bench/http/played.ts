import { randomUUID } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import { type DomainEvent, envelope, subjectOf } from '@okienko/contracts/event';
import { freshContext } from '@okienko/messaging/context';
import type { ServicePlace } from '@okienko/testing/service-place';
import type { Replica } from '../partners/replica';
import { until } from '../rounds';

/** One service, as those around it meet it: others tell it of things, and its users ask for others. */
export class Played {
  private readonly sequences = new Map<string, number>();

  constructor(
    readonly place: ServicePlace,
    readonly server: Replica,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Tells the next of what another service has to say of this aggregate. */
  async tell(fact: DomainEvent): Promise<void> {
    const sequence = (this.sequences.get(fact.subject) ?? 0) + 1;
    this.sequences.set(fact.subject, sequence);
    const { broker, mark } = this.place;
    const said = envelope(fact, sequence, new Date(), freshContext());
    await broker.streams.publish(`${mark}.${subjectOf(fact.contract)}`, JSON.stringify(said));
  }

  /** The row of which this is true, once it is there. */
  async row<Row extends object>(table: string, which: string, value: string): Promise<Row> {
    let rows: Row[] = [];
    const isThere = async (): Promise<boolean> => {
      ({ rows } = await this.place.pool.query<Row>(`select * from ${table} where ${which} = $1`, [value]));
      return rows.length === 1;
    };
    await until(isThere, 20_000, `the arrival in ${table}`);
    return rows[0] as Row;
  }

  /** What was answered. */
  async post(path: string, as: Partial<Principal>, body: string | null, version?: number): Promise<string> {
    const headers = {
      authorization: `Bearer ${await this.place.issuer.token(as)}`,
      'idempotency-key': randomUUID(),
      ...(body !== null && { 'content-type': 'application/json' }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    };
    const answer = await fetch(`${this.server.url}${path}`, { method: 'POST', headers, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${text}`);
    return text;
  }

  /** The id of what was made. */
  async make(path: string, as: Partial<Principal>, body: object): Promise<string> {
    return (JSON.parse(await this.post(path, as, JSON.stringify(body))) as { id: string }).id;
  }
}

/** Its row as often as the first two values say (`n`), each with something of its own. */
export const copied = (table: string, which: string, own: string): string => `
  insert into ${table}
  select r.* from (select * from ${table} where ${which} limit 1) o, generate_series($1::int, $2::int) n,
    jsonb_populate_record(null::${table}, to_jsonb(o) || jsonb_build_object(${own})) r`;
