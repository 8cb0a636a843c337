import type { Sql } from './sql';

/** Whose data were erased, and when: all that remains to be said of them, and enough to erase them again. */
export interface Erasure {
  readonly personId: string;
  readonly erasedAt: Date;
  /** RETENTION_ENDED or ART_17. */
  readonly basis: string;
}

/**
 * The erasure log, for a service's migration. It is small and tells nothing but ids, so it can be kept apart from backups and played
 * over a database that was restored from one (`node dist/erasures.js`).
 */
export function erasureTable(schema: string): string {
  return `
    create table ${schema}.erasure (
      person_id uuid primary key,
      erased_at timestamptz not null,
      basis text not null
    )`;
}

/** Of a person erased twice the first time counts. */
export async function noteErasures(sql: Sql, erasures: readonly Erasure[]): Promise<void> {
  await sql.query(
    `insert into erasure (person_id, erased_at, basis)
     select * from unnest($1::uuid[], $2::timestamptz[], $3::text[]) on conflict (person_id) do nothing returning person_id`,
    [
      erasures.map(({ personId }) => personId),
      erasures.map(({ erasedAt }) => erasedAt),
      erasures.map(({ basis }) => basis),
    ],
  );
}

/** Whoever has no key yet gets a destroyed one: what comes late under their id finds it, and is not kept. */
export async function destroyKeys(sql: Sql, personIds: readonly string[], at: Date): Promise<void> {
  await sql.query(
    `insert into person_key (person_id, wrapped, master_version, destroyed_at)
     select person_id, null, 0, $2 from unnest($1::uuid[]) as person_id order by person_id
     on conflict (person_id) do update set wrapped = null, destroyed_at = coalesce(person_key.destroyed_at, excluded.destroyed_at)
     returning person_id`,
    [personIds, at],
  );
}
