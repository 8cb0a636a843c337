import { parseArgs } from 'node:util';
import type { Service } from '@okienko/contracts/event';
import { dataSource } from '@okienko/messaging/data-source';
import type { DataSource } from 'typeorm';
import { withFiles } from './config';

/** Which rows of the access log: at least an account or a person, in a span of time. */
export interface AccessesAsked {
  readonly account?: string | undefined;
  readonly person?: string | undefined;
  readonly from: Date;
  readonly to: Date;
}

export interface AccessFound {
  readonly service: Service;
  readonly at: string;
  readonly account: string;
  readonly role: string;
  readonly act: string;
  readonly personId: string;
  readonly fieldGroups: readonly string[];
  readonly purpose: string;
  readonly caseRef: string | null;
  readonly traceId: string | null;
}

const select = `
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor as account, role, act, person_id as "personId",
         field_groups as "fieldGroups", purpose, case_ref as "caseRef", trace_id as "traceId", chain, position
  from access_log
  where ($1::text is null or actor = $1) and ($2::uuid is null or person_id = $2) and at >= $3 and at < $4
    and (chain, position) > ($5, $6)
  order by chain, position limit 1000`;

/** Chain by chain, a page at a time, so that a log of any size takes no memory. */
export async function* accessesIn(
  database: Pick<DataSource, 'query'>,
  service: Service,
  { account, person, from, to }: AccessesAsked,
): AsyncGenerator<AccessFound> {
  for (let last = { chain: -1, position: '0' }; ;) {
    const bounds = [account ?? null, person ?? null, from, to, last.chain, last.position];
    const rows = await database.query<(AccessFound & typeof last)[]>(select, bounds);
    for (const { chain, position, ...row } of rows) {
      last = { chain, position };
      yield { ...row, service };
    }
    if (rows.length === 0) return;
  }
}

const usage =
  'accesses --account <sub> | --person <id> [--from <time>] [--to <time>]; DATABASE_URL. Writes a JSON object for each row.\n';

/** The command: who saw or changed whose data, for instance after an account has been taken over (GDPR art. 33). */
export async function accessesService(service: Service): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { account: text, person: text, from: text, to: text, help: { type: 'boolean' } },
  });
  const url = withFiles(process.env, new Set(['DATABASE_URL']))['DATABASE_URL'];
  const [from, to] = [new Date(values.from ?? 0), values.to === undefined ? new Date() : new Date(values.to)];
  const isAsked =
    (values.account ?? values.person) !== undefined && ![from, to].some((time) => Number.isNaN(time.getTime()));
  if (values.help || !url || !isAsked) {
    (values.help ? process.stdout : process.stderr).write(usage);
    process.exit(values.help ? 0 : 2);
  }
  const database = await dataSource({
    url,
    mappings: [],
    migrations: [],
    poolSize: 1,
    name: `${service} accesses`,
  }).initialize();
  try {
    for await (const row of accessesIn(database, service, { account: values.account, person: values.person, from, to }))
      process.stdout.write(`${JSON.stringify(row)}\n`);
  } finally {
    await database.destroy();
  }
}
