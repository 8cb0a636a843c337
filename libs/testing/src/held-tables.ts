import type { Held } from '@okienko/privacy/held';

/** Tables that point at people, or at what is about them, and are not in the list of what a service holds about somebody. */
export async function unlisted(
  sql: (text: string) => Promise<{ table: string }[]>,
  held: readonly Held[],
): Promise<string[]> {
  const pointing = await sql(
    `select distinct c.table_name as table from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
       and c.column_name ~ '(^|_)(person|addressee|survivor|representative|performer|allocation|fee|plan|message)_id$'
     order by 1`,
  );
  return pointing.map(({ table }) => table).filter((table) => !held.some((one) => one.table === table));
}
