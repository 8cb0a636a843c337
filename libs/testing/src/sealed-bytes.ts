import type { SealedPlace } from '@okienko/privacy/sealed-places';

/** Of the log and of the keys themselves, in every service. */
const ofTheFrame = ['access_log', 'access_log_head'].flatMap((table) => [`${table}.hash`, `${table}.previous_hash`]);
const known = new Set([...ofTheFrame, 'access_log_start.hash', 'person_key.wrapped']);

/** Columns of bytes that the list of what is sealed does not name, and after them, with `no`, what it names and is not there. */
export async function bytesBeside(
  sql: (text: string) => Promise<{ name: string }[]>,
  sealed: readonly SealedPlace[],
): Promise<string[]> {
  const columns = await sql(
    `select table_name || '.' || column_name as name from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.data_type = 'bytea' order by 1`,
  );
  const there = new Set(columns.map(({ name }) => name));
  const listed = new Set(sealed.map(({ table, column }) => `${table}.${column}`));
  return [
    ...[...there].filter((name) => !listed.has(name) && !known.has(name)),
    ...[...listed].filter((name) => !there.has(name)).map((name) => `no ${name}`),
  ];
}
