import { dataSource } from '@okienko/messaging/data-source';
import type { DataSource } from 'typeorm';
import type { ServiceConfig } from '../config';
import type { ServiceDefinition } from '../service-definition';
import { clockFinding, type Finding, fine, unreachable, unsafe, warning } from './finding';

const oldest = 150_000;

interface Rights {
  readonly role: string;
  readonly powers: string[];
  readonly owned: number;
  readonly mayCreate: boolean;
  readonly rewritable: string[];
  readonly foreign: string[];
  readonly version: number;
  readonly lax: string[];
  readonly encrypted: boolean;
  readonly operations: boolean;
  readonly now: Date;
}

const rights = `
  select current_user as role, current_setting('server_version_num')::int as version, clock_timestamp() as now,
    array_remove(array[case when r.rolsuper then 'SUPERUSER' end, case when r.rolcreaterole then 'CREATEROLE' end, case when r.rolcreatedb then 'CREATEDB' end,
      case when r.rolbypassrls then 'BYPASSRLS' end, case when r.rolreplication then 'REPLICATION' end], null) as powers,
    (select count(*)::int from pg_class where relowner = r.oid) as owned,
    has_schema_privilege(current_schema(), 'create') as "mayCreate",
    array(select t || ' ' || p from unnest(array['access_log', 'access_log_term', 'access_log_start']) t, unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) p
          where has_table_privilege(t, p)) as rewritable,
    array(select n.nspname::text from pg_namespace n where n.nspname !~ '^(pg_|information_schema$)' and n.nspname <> current_schema()
          and has_schema_privilege(n.oid, 'usage')) as foreign,
    array(select name || ' is ' || setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off') as lax,
    coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
    to_regnamespace(current_schema() || '_operations') is not null as operations
  from pg_roles r where r.rolname = current_user`;

/** What the service's own role can do, and whether the database keeps what it says. */
export async function databaseFindings<C extends ServiceConfig>(
  definition: ServiceDefinition<C>,
  url: string,
): Promise<Finding[]> {
  const { mappings, migrations, name } = definition;
  let database: DataSource | undefined;
  try {
    database = await dataSource({ url, mappings, migrations, poolSize: 1, name: `${name} doctor` }).initialize();
    const atHead = !(await database.showMigrations());
    const asked = Date.now();
    const [found] = await database.query<Rights[]>(rights);
    if (!found) return [];
    return [
      clockFinding('database clock', found.now, asked, Date.now()),
      atHead
        ? fine('migrations', 'At head.')
        : unsafe('migrations', 'Some have not been run.', 'Run dist/migrate.js as the role that owns the schema.'),
      ...rightsFindings(found, name),
      ...serverFindings(found),
    ];
  } catch (error) {
    return [unreachable('database', error)];
  } finally {
    await database?.destroy();
  }
}

function rightsFindings(
  { role, powers, owned, mayCreate, rewritable, foreign, operations }: Rights,
  service: string,
): Finding[] {
  const faults = [
    ...powers.map((power) => `is ${power}`),
    ...(owned > 0 ? [`owns ${owned} tables and indexes`] : []),
    ...(mayCreate ? ['may create tables'] : []),
    ...rewritable.map((right) => `may change the access log (${right})`),
    ...foreign.map((schema) => `reaches the schema ${schema}`),
  ];
  const remedy = `The service comes in as ${service}_app, made by deploy/postgres/roles.sql; nothing else is granted to it.`;
  return [
    ...(faults.length === 0
      ? [fine('database role', `${role} reads and writes rows of its own schema, and no more.`)]
      : faults.map((fault) => unsafe('database role', `${role} ${fault}.`, remedy))),
    ...(operations
      ? []
      : [
          warning('database views', 'Operators have no views.', 'Run deploy/postgres/roles.sql before the migrations.'),
        ]),
  ];
}

function serverFindings({ version, lax, encrypted }: Rights): Finding[] {
  return [
    fine('database connection', encrypted ? 'TLS.' : 'Without TLS; DATABASE_URL tells whether it should be.'),
    ...(version < oldest ? [unsafe('database version', `PostgreSQL ${version} is too old.`, 'Use 15 or newer.')] : []),
    ...lax.map((setting) =>
      unsafe('database durability', `${setting}: what was acknowledged may be lost in a power cut.`, 'Switch it on.'),
    ),
  ];
}
