import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { Service } from '@okienko/contracts/event';
import { databaseStatements, type RoleKind, roleName, roleNames } from './database-roles';
import { randomSecret } from './secrets';

/** How a service's schema is reached: `migrate` owns it, `app` reads and writes rows and has no DDL, `read` sees what is about nobody. */
export type ServiceAccess = Readonly<Record<RoleKind, string>>;

export type ServiceDatabase = Readonly<Record<Service, ServiceAccess>>;

export interface RoleOptions {
  /** Appended to every role name: roles belong to the whole cluster, and two databases must not share them. */
  readonly suffix?: string;
  readonly passwordOf?: (role: string) => string;
}

/** One database with a schema and three roles for each service. Can be repeated: what is there already is put in order. */
export async function createServiceDatabase(
  adminUrl: string,
  database: string,
  { suffix = '', passwordOf = randomSecret }: RoleOptions = {},
): Promise<ServiceDatabase> {
  const passwords = new Map<string, string>();
  await connected(adminUrl, async (admin) => {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) await admin.query(`create database ${escapeIdentifier(database)} template template0`);
    for (const role of roleNames(suffix)) {
      const password = passwordOf(role);
      passwords.set(role, password);
      await ensureRole(admin, role, password);
    }
  });
  await connected(at(adminUrl, { database }), async (admin) => {
    for (const statement of databaseStatements(database, suffix)) await admin.query(statement);
  });
  const access = (service: Service): ServiceAccess => {
    const url = (kind: RoleKind) => {
      const user = roleName(service, kind, suffix);
      return at(adminUrl, { database, user, password: passwords.get(user) ?? '' });
    };
    return { migrate: url('migrate'), app: url('app'), read: url('read') };
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
    for (const role of roleNames(suffix)) {
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
