import { escapeIdentifier } from 'pg';
import type { ProjectedTable } from './projection';
import type { Transaction } from './transaction';

/** A projected table as it lives, its shadow, and which of its columns are compared. */
export interface TablePair {
  readonly live: string;
  readonly shadow: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly compared: readonly string[];
}

export interface Difference {
  readonly table: string;
  readonly rows: number;
  readonly digests: { readonly live: string; readonly rebuilt: string };
  readonly missing: number;
  readonly surplus: number;
  readonly different: number;
}

export class ShadowImpossible extends Error {}

/** Makes empty tables of the same shape beside the live ones. They are not logged: after a crash the rebuild begins anew. */
export async function makeShadow(
  transaction: Transaction,
  schema: string,
  shadow: string,
  tables: readonly ProjectedTable[],
): Promise<TablePair[]> {
  const [there] = await transaction.query('select from pg_namespace where nspname = $1', [shadow]);
  if (!there)
    throw new ShadowImpossible(`There is no schema ${shadow}. Create it, owned by the role that owns ${schema}.`);
  await dropShadow(transaction, shadow);
  await transaction.query(
    `create unlogged table ${escapeIdentifier(shadow)}.projected (aggregate_type text, aggregate_id uuid, sequence int not null,
       primary key (aggregate_id, aggregate_type))`,
  );
  const pairs: TablePair[] = [];
  for (const { name, own = [] } of tables) {
    const [live, beside] = [schema, shadow].map((of) => `${escapeIdentifier(of)}.${escapeIdentifier(name)}`) as [
      string,
      string,
    ];
    await transaction.query(`create unlogged table ${beside} (like ${live} including all)`);
    const columns = await transaction.query<{ name: string; key: boolean }>(
      `select a.attname as name, coalesce(a.attnum = any (i.indkey), false) as key
       from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
       where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum`,
      [live],
    );
    const named = (wanted: (column: { name: string; key: boolean }) => boolean): string[] =>
      columns.filter(wanted).map((column) => escapeIdentifier(column.name));
    if (!columns.some(({ key }) => key)) throw new ShadowImpossible(`${live} has no primary key to compare it by.`);
    pairs.push({
      live,
      shadow: beside,
      key: named(({ key }) => key),
      columns: named(() => true),
      compared: named((column) => !own.includes(column.name)),
    });
  }
  return pairs;
}

export async function dropShadow(transaction: Transaction, shadow: string): Promise<void> {
  const tables = await transaction.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = $1`,
    [shadow],
  );
  if (tables.length > 0) await transaction.query(`drop table ${tables.map(({ name }) => name).join(', ')} cascade`);
}

/** Compares by a digest for each of 256 parts, so that a row too many shifts nothing; counts rows only where digests differ. */
export async function compare(transaction: Transaction, pair: TablePair): Promise<Difference> {
  const [live, rebuilt] = [await digest(transaction, pair, pair.live), await digest(transaction, pair, pair.shadow)];
  const same = { table: pair.live, rows: live.rows, digests: { live: live.md5, rebuilt: rebuilt.md5 } };
  if (live.md5 === rebuilt.md5) return { ...same, missing: 0, surplus: 0, different: 0 };
  const row = (of: string): string => `row(${pair.compared.map((column) => `${of}.${column}`).join(', ')})`;
  const [counts] = await transaction.query<Pick<Difference, 'missing' | 'surplus' | 'different'>>(
    `select count(*) filter (where l.there is null)::int as missing, count(*) filter (where s.there is null)::int as surplus,
            count(*) filter (where l.there and s.there and ${row('l')}::text is distinct from ${row('s')}::text)::int as different
     from (select *, true as there from ${pair.live}) l full join (select *, true as there from ${pair.shadow}) s using (${pair.key.join(', ')})`,
  );
  return { ...same, ...(counts as Pick<Difference, 'missing' | 'surplus' | 'different'>) };
}

async function digest(
  transaction: Transaction,
  pair: TablePair,
  table: string,
): Promise<{ md5: string; rows: number }> {
  const [found] = await transaction.query<{ md5: string; rows: number }>(
    `with part as (
       select get_byte(decode(md5(row(${pair.key.join(', ')})::text), 'hex'), 0) as number, count(*) as rows,
              md5(string_agg(md5(row(${pair.compared.join(', ')})::text), '' order by ${pair.key.join(', ')})) as md5
       from ${table} group by 1)
     select coalesce(md5(string_agg(number || md5, ' ' order by number)), '') as md5, coalesce(sum(rows), 0)::int as rows from part`,
  );
  return found ?? { md5: '', rows: 0 };
}

/**
 * Makes the live tables equal to their shadows: in one transaction, so that readers see the one or the other, and row by row, so that
 * indexes, rights, names and whatever refers to the tables stay as they are. Returns how many rows were not right.
 */
export async function replaceLive(transaction: Transaction, pairs: readonly TablePair[]): Promise<number> {
  let changed = 0;
  for (const { live, shadow, key } of [...pairs].reverse()) {
    const same = key.map((column) => `s.${column} = l.${column}`).join(' and ');
    const gone = await transaction.query(
      `delete from ${live} l where not exists (select from ${shadow} s where ${same}) returning 1`,
    );
    changed += gone.length;
  }
  for (const { live, shadow, key, columns, compared } of pairs) {
    const [old, fresh] = ['l', 'excluded'].map((of) => compared.map((column) => `${of}.${column}`).join(', '));
    const put = await transaction.query(
      `insert into ${live} as l (${columns.join(', ')}) select ${columns.join(', ')} from ${shadow}
       on conflict (${key.join(', ')}) do update set (${compared.join(', ')}) = row(${fresh})
       where (${old}) is distinct from (${fresh}) returning 1`,
    );
    changed += put.length;
  }
  return changed;
}
