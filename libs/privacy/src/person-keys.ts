import { randomBytes } from 'node:crypto';
import type { KeyRing } from './key-ring';
import type { Sql } from './sql';

/** The person's data key was destroyed (GDPR art. 17): what it sealed stays where it is and can never be read again. */
export class PersonErased extends Error {
  override readonly name = 'PersonErased';

  constructor(readonly personId: string) {
    super(`the data of person ${personId} has been erased`);
  }
}

export class NoPersonKey extends Error {
  override readonly name = 'NoPersonKey';

  constructor(readonly personId: string) {
    super(`person ${personId} has never had a key`);
  }
}

/**
 * One row per person for ever: a destroyed key leaves its row, so that an id is never given a second key.
 * The service's role needs select, insert and update, and never delete.
 */
export function personKeyTable(schema: string): string {
  return `
    create table ${schema}.person_key (
      person_id uuid primary key,
      wrapped bytea,
      master_version int not null,
      created_at timestamptz not null default now(),
      destroyed_at timestamptz,
      constraint person_key_is_held_or_destroyed check ((wrapped is null) = (destroyed_at is not null))
    )`;
}

/** Every method runs in the transaction of the `sql` it is given. */
export class PersonKeys {
  constructor(private readonly ring: KeyRing) {}

  async create(sql: Sql, personId: string): Promise<Buffer> {
    const { wrapped, version, key } = this.ring.newPersonKey();
    const insert = 'insert into person_key (person_id, wrapped, master_version) values ($1, $2, $3)';
    await sql.query(insert, [personId, wrapped, version]);
    return key;
  }

  /** The key is for this unit of work: a cached key would outlive its destruction. */
  async keyOf(sql: Sql, personId: string): Promise<Buffer> {
    const select = 'select wrapped, master_version from person_key where person_id = $1';
    const [row] = await sql.query<StoredKey>(select, [personId]);
    return this.opened(personId, row);
  }

  /** The same of a row that was read together with something else of the person; none, or nulls, where there is no row. */
  opened(personId: string, row: StoredKey | undefined): Buffer {
    if (!row || row.master_version === null) throw new NoPersonKey(personId);
    if (!row.wrapped) throw new PersonErased(personId);
    return this.ring.unwrap(row.wrapped, row.master_version);
  }

  /** Final as soon as backups that still hold the row have expired. Destroying twice keeps the first date. */
  async destroy(sql: Sql, personId: string): Promise<void> {
    const update = `with destroyed as (
                      update person_key set wrapped = null, destroyed_at = coalesce(destroyed_at, now())
                      where person_id = $1 returning person_id
                    ) select person_id from destroyed`;
    const [row] = await sql.query(update, [personId]);
    if (!row) throw new NoPersonKey(personId);
  }

  /** Rotation: wraps up to `limit` keys anew with the current master key, and says how many; call it until it says none. */
  async rewrap(sql: Sql, limit = 500): Promise<number> {
    const whose = 'wrapped is not null and master_version <> $1';
    return this.change(sql, whose, [this.ring.current], limit, (key) => key);
  }

  /**
   * Gives up to `limit` people, of those whose key is older than that, a new one beside the one they have: from now on the new one
   * seals, and either opens. Says how many; call it until it says none.
   */
  async turn(sql: Sql, olderThan: Date, limit = 500): Promise<number> {
    return this.change(
      sql,
      `octet_length(wrapped) = ${wrappedLengths.one} and created_at <= $1`,
      [olderThan],
      limit,
      (key) => Buffer.concat([randomBytes(key.length), key]),
    );
  }

  /** Leaves up to `limit` people, of those who have two, the one that seals. What the other had sealed is lost unless it was sealed anew. */
  async dropFormer(sql: Sql, limit = 500): Promise<number> {
    return this.change(sql, `octet_length(wrapped) = ${wrappedLengths.two}`, [], limit, (key) => key.subarray(0, 32));
  }

  private async change(
    sql: Sql,
    whose: string,
    values: unknown[],
    limit: number,
    to: (key: Buffer) => Buffer,
  ): Promise<number> {
    const rows = await sql.query<HeldKey>(
      `select person_id, wrapped, master_version from person_key where ${whose} limit ${limit} for no key update skip locked`,
      values,
    );
    for (const row of rows) {
      const { wrapped, version } = this.ring.wrap(to(this.ring.unwrap(row.wrapped, row.master_version)));
      const update = 'update person_key set wrapped = $2, master_version = $3 where person_id = $1';
      await sql.query(update, [row.person_id, wrapped, version]);
    }
    return rows.length;
  }
}

/** Octets of a wrapped key, and of two wrapped together while the key is rotated. */
export const wrappedLengths = { one: 40, two: 72 } as const;

/** Of `person_key`, perhaps by an outer join. */
export interface StoredKey {
  readonly wrapped: Buffer | null;
  readonly master_version: number | null;
}

interface HeldKey {
  person_id: string;
  wrapped: Buffer;
  master_version: number;
}
