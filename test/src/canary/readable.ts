import type { KeyRing } from '@okienko/privacy/key-ring';
import { decryptBytes } from '@okienko/privacy/sealed-column';
import type { SealedPlace } from '@okienko/privacy/sealed-places';
import type { Sql } from '@okienko/privacy/sql';

interface Row {
  readonly rowId: string;
  readonly wrapped: Buffer | null;
  readonly version: number;
  readonly sealed: Buffer;
}

/** How many sealed values of a database open, for somebody who has stolen it together with the master key. */
export async function readableIn(sql: Sql, ring: KeyRing, places: readonly SealedPlace[]): Promise<number> {
  let readable = 0;
  for (const { table, column, owner, rowId, sealedFor } of places) {
    const rows = await sql.query<Row>(
      `select ${rowId} as "rowId", k.wrapped, k.master_version as version, t.${column} as sealed
       from ${table} t join person_key k on k.person_id = ${owner} where t.${column} is not null`,
      [],
    );
    for (const row of rows) if (opens(row, ring, sealedFor)) readable += 1;
  }
  return readable;
}

function opens(
  { wrapped, version, sealed, rowId }: Row,
  ring: KeyRing,
  place: { readonly table: string; readonly column: string },
): boolean {
  try {
    return wrapped !== null && decryptBytes(ring.unwrap(wrapped, version), sealed, { ...place, rowId }).length > 0;
  } catch {
    return false;
  }
}
