import type { ClientBase } from 'pg';

/** Rows of the backbone's own state, which there is one of however much goes on. */
const single =
  /^(migration|outbox_relay|outbox_stream|outbox_parked|outbox_rest|outbox_archive|access_log_|key_rotation|last_change|dispatch_lane|search_)/;
/** What matters refer to; a city has few of these for each that it has many of the others. */
const offered =
  /^(programme(_\w+)?|service_offer|offer(_search)?|provider(_copy)?|capacity_copy|authorisation|catalogue_\w+)$/;
const mattersForEachOffer = 20;

/** Numbers that copies may not take from those that come after them. */
const ownPlaces: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Below what the relay has published, and so published.
  outbox: { seq: '-1 - n * 1000 - ' },
  access_log: { position: '1000000000 + n * 1000 + ' },
};

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
// To PostgreSQL sealed bytes and blind indexes are all alike: of the first sixteen each copy has its own.
const tokens = new RegExp(
  `(${uuid})|(?<=\\\\\\\\x)([0-9a-f]{32})(?=[0-9a-f]{32})|"@(\\w+)@"|((?:kipus|desk|ous)-[a-z]+)`,
  'g',
);

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}

/**
 * Everything that the few matters of a schema have left in it, again and again, made in the database; the connection is that of a role that
 * may leave out triggers. What hangs together by ids hangs together in each copy. A copy that must be the only one of its kind is left out.
 */
export async function multiply(client: ClientBase, schema: string, copies: number): Promise<void> {
  await client.query('begin');
  await client.query("set local session_replication_role = 'replica'");
  await client.query(`set local search_path = ${schema}`);
  const tables = await tablesOf(client, schema);
  const [shared, own] = [
    tables.filter(({ name }) => offered.test(name)),
    tables.filter(({ name }) => !offered.test(name)),
  ];
  const offers = Math.ceil(copies / mattersForEachOffer);
  const turns = new Map(
    shared
      .flatMap(({ rows }) => rows.flatMap((row) => row.match(new RegExp(uuid, 'g')) ?? []))
      .map((id) => [id, `(1 + n % ${offers})`] as const),
  );
  for (const table of shared) await again(client, table, offers, new Map());
  for (const table of own) await again(client, table, copies, turns);
  await client.query('commit');
  await client.query(`set search_path = ${schema}`);
  for (const { name } of tables) await client.query(`vacuum analyze "${name}"`);
}

async function tablesOf(client: ClientBase, schema: string): Promise<Table[]> {
  const { rows: found } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by 1 order by 1`,
    [schema],
  );
  const tables: Table[] = [];
  for (const { name, columns } of found.filter((table) => !single.test(table.name))) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from "${name}" t`);
    const numbered = Object.keys(ownPlaces[name] ?? {}).map((column) => [column, `@${column}@`] as const);
    tables.push({
      name,
      columns,
      rows: rows.map(({ row }) => JSON.stringify({ ...row, ...Object.fromEntries(numbered) })),
    });
  }
  return tables;
}

async function again(
  client: ClientBase,
  { name, columns, rows }: Table,
  copies: number,
  turns: ReadonlyMap<string, string>,
): Promise<void> {
  const names = columns.map((column) => `"${column}"`).join(', ');
  for (const [at, row] of rows.entries())
    await client.query(
      `insert into "${name}" (${names})
       select ${names} from generate_series(1, $1::int) n, jsonb_populate_record(null::"${name}", (${textOf(name, row, at, turns)})::jsonb)
       on conflict do nothing`,
      [copies],
    );
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** SQL that puts the row together anew for each `n`; of what matters share, they take turns. */
function textOf(table: string, row: string, at: number, turns: ReadonlyMap<string, string>): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of row.matchAll(tokens)) {
    const [found, id, bytes, column, person] = match;
    parts.push(quoted(row.slice(end, match.index)));
    if (id !== undefined) parts.push(`md5(${quoted(id)} || ${turns.get(id) ?? 'n'})::uuid::text`);
    else if (bytes !== undefined) parts.push(`md5(${quoted(bytes)} || n)`);
    else if (column !== undefined) parts.push(`(${ownPlaces[table]?.[column] ?? ''}${at})::text`);
    else parts.push(`${quoted(`${person ?? ''}-`)} || (n % 500)`);
    end = match.index + found.length;
  }
  return [...parts, quoted(row.slice(end))].join(' || ');
}
