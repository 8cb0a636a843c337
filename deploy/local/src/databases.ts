import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { type Service, services } from '@okienko/contracts/event';
import { randomSecret } from './secrets';

/** How a service reaches its schema: `migrate` owns it, `app` reads and writes rows and has no DDL. */
export interface ServiceAccess {
  readonly migrate: string;
  readonly app: string;
}

export type ServiceDatabase = Readonly<Record<Service, ServiceAccess>>;

export interface RoleOptions {
  /** Appended to every role name: roles belong to the whole cluster, and two databases must not share them. */
  readonly suffix?: string;
  readonly passwordOf?: (role: string) => string;
}

const kinds = ['migrate', 'app'] as const;
const roleName = (service: Service, kind: (typeof kinds)[number], suffix = '') => `${service}_${kind}${suffix}`;

/** One database with a schema and two roles for each service. Can be repeated: what is there already is put in order. */
export async function createServiceDatabase(
  adminUrl: string,
  database: string,
  { suffix = '', passwordOf = randomSecret }: RoleOptions = {},
): Promise<ServiceDatabase> {
  const passwords = new Map<string, string>();
  await connected(adminUrl, async (admin) => {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await admin.query(`create database ${escapeIdentifier(database)} template template0`);
    for (const role of services.flatMap((service) => kinds.map((kind) => roleName(service, kind, suffix)))) {
      const password = passwordOf(role);
      passwords.set(role, password);
      await ensureRole(admin, role, password);
    }
  });
  await connected(at(adminUrl, { database }), async (admin) => {
    await admin.query(`revoke all on database ${escapeIdentifier(database)} from public`);
    await admin.query('revoke all on schema public from public');
    for (const service of services) {
      await admin.query(schemaStatements(service, database, suffix));
    }
  });
  const access = (service: Service): ServiceAccess => {
    const url = (kind: (typeof kinds)[number]) => {
      const user = roleName(service, kind, suffix);
      return at(adminUrl, { database, user, password: passwords.get(user) ?? '' });
    };
    return { migrate: url('migrate'), app: url('app') };
  };
  return {
    catalogue: access('catalogue'),
    cases: access('cases'),
    providers: access('providers'),
    notifications: access('notifications'),
  };
}

/** Removes the database, whoever is connected to it, and its roles. */
export async function dropServiceDatabase(
  adminUrl: string,
  database: string,
  { suffix = '' }: RoleOptions = {},
): Promise<void> {
  await connected(adminUrl, async (admin) => {
    await admin.query(`drop database if exists ${escapeIdentifier(database)} with (force)`);
    for (const role of services.flatMap((service) => kinds.map((kind) => roleName(service, kind, suffix)))) {
      await admin.query(`drop role if exists ${escapeIdentifier(role)}`);
    }
  });
}

async function ensureRole(admin: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  await admin.query(`${verb} role ${escapeIdentifier(role)} login noinherit password ${escapeLiteral(password)}`);
  // An administrator who is no superuser may hand a schema only to a role it belongs to.
  await admin.query(`grant ${escapeIdentifier(role)} to current_user`);
}

function schemaStatements(service: Service, database: string, suffix: string): string {
  const [schema, catalog] = [escapeIdentifier(service), escapeIdentifier(database)];
  const [migrate, app] = kinds.map((kind) => escapeIdentifier(roleName(service, kind, suffix)));
  return `
    grant connect on database ${catalog} to ${migrate}, ${app};
    create schema if not exists ${schema} authorization ${migrate};
    create schema if not exists ${escapeIdentifier(`${service}_rebuild`)} authorization ${migrate};
    grant usage on schema ${schema} to ${app};
    grant select, insert, update, delete on all tables in schema ${schema} to ${app};
    grant usage on all sequences in schema ${schema} to ${app};
    alter default privileges for role ${migrate} revoke execute on functions from public;
    alter default privileges for role ${migrate} in schema ${schema} grant select, insert, update, delete on tables to ${app};
    alter default privileges for role ${migrate} in schema ${schema} grant usage on sequences to ${app};
    alter default privileges for role ${migrate} in schema ${schema} grant execute on functions to ${app};
    alter role ${migrate} in database ${catalog} set search_path = ${schema};
    alter role ${app} in database ${catalog} set search_path = ${schema};
  `;
}

function at(url: string, to: { database: string; user?: string; password?: string }): string {
  const address = new URL(url);
  address.pathname = `/${encodeURIComponent(to.database)}`;
  if (to.user !== undefined) address.username = encodeURIComponent(to.user);
  if (to.password !== undefined) address.password = encodeURIComponent(to.password);
  return address.href;
}

async function connected<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
