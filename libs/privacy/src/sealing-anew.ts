import type { KeyRing } from './key-ring';
import { wrappedLengths } from './person-keys';
import { decryptBytes, encryptBytes, isSealedAnew } from './sealed-column';
import type { SealedPlace } from './sealed-places';
import type { Sql } from './sql';

/** What lies outside the database under a person's key: files. The place says which there are. */
export interface SealedObjects {
  readonly place: SealedPlace;
  /** Nothing where the object has been removed meanwhile. */
  get(id: string): Promise<Buffer | undefined>;
  put(id: string, sealed: Buffer): Promise<void>;
}

/** Both keys stay where some value opens with neither. */
export class Unreadable extends Error {
  constructor(places: readonly string[]) {
    super(`these open with neither key, so no old key was destroyed: ${places.join(', ')}`);
  }
}

interface Row {
  readonly at: string[];
  readonly rowId: string;
  readonly wrapped: Buffer;
  readonly version: number;
  readonly sealed: Buffer | null;
}

const pageSize = 200;

/** Seals what the keys before had sealed, of people who have two. Each value in a statement of its own, so that nobody waits for it. */
export class SealingAnew {
  private readonly unreadable: string[] = [];

  constructor(
    private readonly sql: Sql,
    private readonly ring: KeyRing,
  ) {}

  /** How many there were; a value that somebody changed meanwhile counts, and has been sealed by them. */
  async column(place: SealedPlace): Promise<number> {
    const { table, column, key } = place;
    const isRow = Object.entries(key).map(([name, type], index) => `${name} = $${index + 3}::text::${type}`);
    const update = `update ${table} set ${column} = $2 where ${isRow.join(' and ')} and ${column} = $1`;
    let found = 0;
    for await (const row of this.rowsOf(place, `t.${column}`)) {
      const anew = row.sealed && this.anew(row, place, row.sealed);
      if (!anew) continue;
      found += 1;
      await this.sql.query(update, [row.sealed, anew, ...row.at]);
    }
    return found;
  }

  async objects({ place, get, put }: SealedObjects): Promise<number> {
    let found = 0;
    for await (const row of this.rowsOf(place)) {
      const sealed = await get(row.rowId);
      const anew = sealed && this.anew(row, place, sealed);
      if (!anew) continue;
      found += 1;
      await put(row.rowId, anew);
    }
    return found;
  }

  assertAllReadable(): void {
    if (this.unreadable.length > 0) throw new Unreadable(this.unreadable);
  }

  private anew(row: Row, { sealedFor }: SealedPlace, sealed: Buffer): Buffer | undefined {
    const key = this.ring.unwrap(row.wrapped, row.version);
    const place = { ...sealedFor, rowId: row.rowId };
    if (isSealedAnew(key, sealed, place)) return undefined;
    try {
      return encryptBytes(key, decryptBytes(key, sealed, place), place);
    } catch {
      this.unreadable.push(`${place.table}.${place.column} of ${place.rowId}`);
      return undefined;
    }
  }

  /** In the order of the primary key, which no change of a row moves. */
  private async *rowsOf({ table, key, owner, rowId }: SealedPlace, sealed = 'null::bytea'): AsyncGenerator<Row> {
    const names = Object.keys(key).map((name) => `t.${name}`);
    const after = Object.values(key).map((type, index) => `$${index + 1}::text::${type}`);
    const select = (condition: string): string =>
      `select array[${names.map((name) => `${name}::text`).join(', ')}] as at, ${rowId} as "rowId",
         k.wrapped, k.master_version as version, ${sealed} as sealed
       from ${table} t join person_key k on k.person_id = ${owner}
       where octet_length(k.wrapped) = ${wrappedLengths.two} ${condition} order by ${names.join(', ')} limit ${pageSize}`;
    let page = await this.sql.query<Row>(select(''), []);
    while (page.length > 0) {
      yield* page;
      const next = select(`and (${names.join(', ')}) > (${after.join(', ')})`);
      page = await this.sql.query<Row>(next, [...(page.at(-1)?.at ?? [])]);
    }
  }
}
