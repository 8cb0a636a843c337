import { PersonErased, type PersonKeys } from './person-keys';
import { decryptField } from './sealed-column';
import type { SealedPlace } from './sealed-places';
import type { Sql } from './sql';

/**
 * A table that holds something about people. Each service lists its own, so that whoever asks gets all of it (GDPR art. 15, 20); a test
 * compares the list with the tables. SQL speaks of the row as `t`, and `$1` are the ids of all records of the person.
 */
export interface Held {
  readonly table: string;
  readonly where: string;
  /** Keyed digests, and renderings that are handed out by themselves. */
  readonly without: readonly string[];
}

export const heldIn = (
  table: string,
  where = 't.person_id = any ($1::uuid[])',
  without: readonly string[] = [],
): Held => ({
  table,
  where,
  without,
});

export interface HeldRows {
  readonly table: string;
  readonly rows: object[];
}

interface Row {
  readonly row: Record<string, unknown>;
  readonly owner: string | null;
  readonly rowId: string | null;
  readonly sealed: (Buffer | null)[];
}

/** All rows about the person, opened. What is sealed under the key of somebody else is told to that one, and here left out. */
export async function copyOf(
  sql: Sql,
  keys: PersonKeys,
  held: readonly Held[],
  places: readonly SealedPlace[],
  records: readonly string[],
): Promise<HeldRows[]> {
  const keyOf = await keysOf(sql, keys, records);
  const copied: HeldRows[] = [];
  for (const { table, where, without } of held) {
    const sealed = places.filter((place) => place.table === table && !without.includes(place.column));
    const hidden = [...without, ...sealed.map(({ column }) => column)];
    const { owner = 'null::uuid', rowId = 'null::text' } = sealed[0] ?? {};
    const found = await sql.query<Row>(
      `select to_jsonb(t) - $2::text[] as row, ${owner} as owner, ${rowId} as "rowId",
         array[${sealed.map(({ column }) => `t.${column}`).join(', ')}]::bytea[] as sealed
       from ${table} t where ${where} order by 1`,
      [records, hidden],
    );
    const rows = found.map(({ row, owner: whose, rowId: id, sealed: values }) => {
      const key = whose === null ? undefined : keyOf.get(whose);
      const opened = sealed.map(({ column, sealedFor }, index) => {
        const value = values[index];
        return [column, key && value && id ? told(decryptField(key, value, { ...sealedFor, rowId: id })) : null];
      });
      return { ...row, ...(Object.fromEntries(opened) as object) };
    });
    copied.push({ table, rows });
  }
  return copied;
}

async function keysOf(sql: Sql, keys: PersonKeys, records: readonly string[]): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const known = await sql.query<{ id: string }>('select person_id as id from person_key where person_id = any ($1)', [
    records,
  ]);
  for (const { id } of known) {
    try {
      found.set(id, await keys.keyOf(sql, id));
    } catch (error) {
      if (!(error instanceof PersonErased)) throw error;
    }
  }
  return found;
}

/** Much is sealed as JSON. */
function told(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
