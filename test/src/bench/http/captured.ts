import { Client } from 'pg';

/** Ids and digests, wherever they stand in a text. */
export const marks = /([0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;

interface Row {
  readonly table: string;
  /** Columns that say which row it is, where it was there before and the request changed it. */
  readonly key?: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (string | null)[];
}

/** What one request leaves in the database, and answers. */
export interface Captured {
  readonly rows: readonly Row[];
  /** Ids and digests that the request made: another one makes others. */
  readonly fresh: readonly string[];
  /** Ids in the address of the request: another one is about others. */
  readonly targets: readonly string[];
  /** Rows of the access log, which hang together and so cannot be written again as they are. */
  readonly accesses: number;
  readonly answer: string;
}

/** Sends the request, each time about something else; answers what was answered. */
export type Request = (turn: number) => Promise<string>;

/** Has the request sent twice, so that what differs is known from what stays. The address is that of a role that may read every table. */
export async function capture(
  url: string,
  schema: string,
  request: Request,
  targets: readonly string[] = [],
): Promise<Captured> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const tables = await tablesOf(client, schema);
    const [first, second] = [
      await once(client, tables, () => request(0)),
      await once(client, tables, () => request(1)),
    ];
    const again = new Set(marksOf(second));
    const fresh = [...new Set(marksOf(first))].filter((one) => !again.has(one) && !targets.includes(one));
    const accesses = first.rows.filter(({ table }) => table === 'access_log').length;
    const rows = first.rows.filter(({ table }) => table !== 'access_log');
    if (rows.length === 0) throw new Error('The request left no row.');
    return { rows, fresh, targets, accesses, answer: first.answer };
  } finally {
    await client.end();
  }
}

type Once = Pick<Captured, 'rows' | 'answer'>;
const marksOf = ({ rows, answer }: Once): string[] => [
  ...[answer, ...rows.flatMap(({ values }) => values)].flatMap((text) =>
    [...(text ?? '').matchAll(new RegExp(marks, 'g'))].map(([one]) => one),
  ),
];

/** Their rows come of themselves with those of others. */
const byTrigger: ReadonlySet<string> = new Set(['last_change', 'access_log_head']);

interface Table {
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** Columns by table; a number that the table gives by itself is left to it. */
async function tablesOf(client: Client, schema: string): Promise<Map<string, Table>> {
  const { rows } = await client.query<Table & { table: string }>(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns,
       array(select k.attname::text from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey)
             where i.indrelid = c.oid and i.indisprimary) as key
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       and a.attidentity = '' and a.attgenerated = ''
       and not exists (select from pg_attrdef d where d.adrelid = c.oid and d.adnum = a.attnum and pg_get_expr(d.adbin, c.oid) like '%nextval%')
     where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by c.oid, 1`,
    [schema],
  );
  return new Map(rows.map(({ table, ...one }) => [table, one]));
}

async function once(client: Client, tables: Map<string, Table>, request: () => Promise<string>): Promise<Once> {
  const before = await counts(client, tables);
  const { rows: now } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
  const answer = await request();
  const after = await counts(client, tables);
  // Workers write as well meanwhile; only who was asked keeps an answer, or says who acted.
  const { rows: own } = await client.query<{ xid: string }>(
    ['idempotency_key', 'provider_act']
      .filter((table) => tables.has(table))
      .map((table) => `select xmin::text as xid from ${table} where xmin::text::bigint > $1`)
      .join(' union '),
    [now[0]?.xid],
  );
  const rows: Row[] = [];
  for (const [table, { columns, key }] of tables) {
    if (byTrigger.has(table)) continue;
    const { rows: found } = await client.query<{ values: (string | null)[] }>(
      `select array[${columns.map((one) => `"${one}"::text`).join(', ')}] as values from "${table}" where xmin::text = any ($1)`,
      [own.map(({ xid }) => xid)],
    );
    const made = (after.get(table) ?? 0) - (before.get(table) ?? 0);
    if (made < found.length && made > 0) throw new Error(`Of ${table} the request makes rows and changes others.`);
    for (const { values } of found) rows.push({ table, columns, values, ...(made === 0 && { key }) });
  }
  return { rows, answer };
}

async function counts(client: Client, tables: Map<string, Table>): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const table of tables.keys()) {
    const { rows } = await client.query<{ count: string }>(`select count(*) from "${table}"`);
    found.set(table, Number(rows[0]?.count));
  }
  return found;
}
