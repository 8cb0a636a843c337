import { type Service, services } from '@okienko/contracts/event';
import { escapeIdentifier, escapeLiteral } from 'pg';

/** `migrate` owns a service's schema, `app` reads and writes rows, `read` sees what is about nobody. */
export const kinds = ['migrate', 'app', 'read'] as const;
export type RoleKind = (typeof kinds)[number];

export const roleName = (service: Service, kind: RoleKind, suffix = ''): string => `${service}_${kind}${suffix}`;

export const roleNames = (suffix = ''): string[] =>
  services.flatMap((service) => kinds.map((kind) => roleName(service, kind, suffix)));

/** Can be repeated: what is there already is put in order. */
export function databaseStatements(database: string, suffix = ''): string[] {
  return [
    `revoke all on database ${escapeIdentifier(database)} from public`,
    'revoke all on schema public from public',
    ...services.flatMap((service) => schemaStatements(service, database, suffix)),
  ];
}

function schemaStatements(service: Service, database: string, suffix: string): string[] {
  const [schema, operations, catalog] = [service, `${service}_operations`, database].map(escapeIdentifier);
  const [migrate, app, read] = kinds.map((kind) => escapeIdentifier(roleName(service, kind, suffix)));
  return [
    `grant connect on database ${catalog} to ${migrate}, ${app}, ${read}`,
    `create schema if not exists ${schema} authorization ${migrate}`,
    `create schema if not exists ${escapeIdentifier(`${service}_rebuild`)} authorization ${migrate}`,
    // Views of the tables that hold nothing about people: the whole of what the read-only role reaches.
    `create schema if not exists ${operations} authorization ${migrate}`,
    `grant usage on schema ${schema} to ${app}`,
    `grant usage on schema ${operations} to ${read}`,
    `grant select, insert, update, delete on all tables in schema ${schema} to ${app}`,
    `grant usage on all sequences in schema ${schema} to ${app}`,
    `grant select on all tables in schema ${operations} to ${read}`,
    `alter default privileges for role ${migrate} revoke execute on functions from public`,
    `alter default privileges for role ${migrate} in schema ${schema} grant select, insert, update, delete on tables to ${app}`,
    `alter default privileges for role ${migrate} in schema ${schema} grant usage on sequences to ${app}`,
    `alter default privileges for role ${migrate} in schema ${schema} grant execute on functions to ${app}`,
    `alter default privileges for role ${migrate} in schema ${operations} grant select on tables to ${read}`,
    readOnly(service, 'access_log', app ?? '', 'update, delete, truncate'),
    readOnly(service, 'access_log_term', app ?? '', 'insert, update, delete, truncate'),
    readOnly(service, 'access_log_start', app ?? '', 'insert, update, delete, truncate'),
    `alter role ${migrate} in database ${catalog} set search_path = ${schema}`,
    `alter role ${app} in database ${catalog} set search_path = ${schema}`,
    `alter role ${read} in database ${catalog} set search_path = ${operations}`,
    `alter role ${read} in database ${catalog} set default_transaction_read_only = on`,
    `alter role ${read} in database ${catalog} set statement_timeout = '30s'`,
  ];
}

/** The migrations take these rights away; the grants above must not give them back. */
const readOnly = (service: Service, table: string, role: string, rights: string): string =>
  `do $$ begin if to_regclass('${service}.${table}') is not null then revoke ${rights} on ${service}.${table} from ${role}; end if; end $$`;

/** The same for an ops team: run by psql in the database, again after an upgrade that says so. Passwords are set apart from it. */
export function rolesScript(database = 'okienko', suffix = ''): string {
  const roles = roleNames(suffix).map(
    (role) => `do $$ begin
  if not exists (select from pg_roles where rolname = ${escapeLiteral(role)}) then
    create role ${escapeIdentifier(role)} login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$`,
  );
  const member = roleNames(suffix).map((role) => `grant ${escapeIdentifier(role)} to current_user`);
  const statements = [...roles, ...member, ...databaseStatements(database, suffix)];
  return `${heading}${statements.map((statement) => `${statement};\n`).join('')}`;
}

const heading = `-- Schemas and roles of the four services, made by \`npm run generate\` from deploy/local/src/database-roles.ts.
-- Run it by an administrator inside the database: psql -d okienko -v ON_ERROR_STOP=1 -f roles.sql. It can be run again at any time.
-- Then give each role a password, as by \\password cases_app, and let no connection in without TLS (pg_hba.conf: hostssl, scram-sha-256).
--   <service>_migrate  owns the schema; used by the migration alone
--   <service>_app      reads and writes rows; cannot create, alter, drop, nor change the access log
--   <service>_read     reads the views of <service>_operations: events, inboxes, dead letters, anchors; nothing about people
`;
