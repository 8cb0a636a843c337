import type { Target } from '../attacker';

// The work of the background, not of a request: where the relay and the consumers are, and the vocabulary of the search.
const ofBackground = ['outbox_stream', 'outbox_relay', 'outbox_parked', 'search_vocabulary', 'search_shadow'];

/** What all tables of a service hold, in one text: equal before and after, nothing has changed. */
export async function digestStatement(target: Pick<Target, 'sql'>): Promise<string> {
  const tables = await target.sql<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
     and c.relname <> all($1) and c.relnamespace = current_schema()::regnamespace order by 1`,
    [ofBackground],
  );
  const sums = tables.map(
    ({ name }) =>
      `'${name}', (select count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) from "${name}" t)`,
  );
  // A function takes a hundred arguments at most.
  const parts = Array.from(
    { length: Math.ceil(sums.length / 40) },
    (_, at) => `jsonb_build_object(${sums.slice(at * 40, at * 40 + 40).join(', ')})`,
  );
  return `select ${parts.join(' || ')} as digest`;
}

export const digest = async (target: Pick<Target, 'sql'>, statement: string): Promise<Record<string, string>> =>
  (await target.sql<{ digest: Record<string, string> }>(statement))[0]?.digest ?? {};

/** The tables that are not as they were. */
export const differing = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((table) => before[table] !== after[table]);
