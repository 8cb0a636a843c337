import { Api, type CallOptions, type Changed } from '@okienko/local/api';
import { type Service, services } from '@okienko/contracts/event';
import type { Pool } from 'pg';

/** What somebody was told: this thing has this version now. */
export interface Told {
  readonly service: Service;
  readonly id: string;
  readonly version: number;
}

/** Notes every act that was answered with success: what the centre owes after a restore. */
export class NotingApi extends Api {
  readonly told: Told[] = [];

  override async post<Body = Changed>(
    account: string,
    service: Service,
    path: string,
    body: object,
    options: CallOptions = {},
  ): Promise<Body> {
    const answer = await super.post<Body>(account, service, path, body, options);
    const { id, version } = answer as Partial<Changed>;
    if (id !== undefined && version !== undefined) this.told.push({ service, id, version });
    return answer;
  }
}

/** Those of which the outbox has no event of that version: acts that were acknowledged and are gone. */
export async function missingOf(told: readonly Told[], admin: Pool): Promise<Told[]> {
  const missing: Told[] = [];
  for (const service of services) {
    const mine = told.filter((one) => one.service === service);
    const { rows } = await admin.query<{ id: string; version: number }>(
      `select t.id, t.version from unnest($1::uuid[], $2::int[]) as t(id, version)
       where not exists (select from ${service}.outbox o where o.aggregate_id = t.id and o.sequence >= t.version)`,
      [mine.map(({ id }) => id), mine.map(({ version }) => version)],
    );
    missing.push(...rows.map((row) => ({ service, ...row })));
  }
  return missing;
}
