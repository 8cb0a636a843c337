import { randomBytes } from 'node:crypto';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import { rolesScript } from '@okienko/local/database-roles';
import { createServiceDatabase, dropServiceDatabase, type ServiceDatabase } from '@okienko/local/databases';
import { dataSource } from '@okienko/messaging/data-source';
import { notificationsService } from '@okienko/notifications/service';
import { providersService } from '@okienko/providers/service';
import { Client } from 'pg';

type Part = Pick<ServiceDefinition, 'name' | 'mappings' | 'migrations'>;
const definitions: readonly Part[] = [catalogueService, casesService, providersService, notificationsService];
const admin = process.env['TEST_DATABASE_URL'] ?? '';
const mark = `d${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

describe('one database, four schemas', () => {
  let database: ServiceDatabase;
  beforeAll(async () => {
    database = await createServiceDatabase(admin, mark, role);
    for (const definition of definitions) await migrateDatabase(definition, database[definition.name].migrate);
  }, 60_000);
  afterAll(() => dropServiceDatabase(admin, mark, role));

  test.each(definitions.map((definition) => [definition.name, definition] as const))(
    'what %s maps is what its migrations made',
    async (name, definition) => {
      const source = await dataSource({ ...definition, url: database[name].app }).initialize();
      try {
        expect(definition.mappings.length).toBeGreaterThan(0);
        for (const metadata of source.entityMetadatas) {
          const found = await query<{ name: string; type: string; nullable: string; filled: boolean }>(
            database[name].migrate,
            `select column_name as name, udt_name as type, is_nullable as nullable,
             column_default is not null or is_nullable = 'YES' or is_generated = 'ALWAYS' as filled from information_schema.columns
           where table_schema = '${name}' and table_name = '${metadata.tableName}' order by 1`,
          );
          const types: Record<string, string> = {
            int: 'int4',
            bigint: 'int8',
            smallint: 'int2',
            boolean: 'bool',
            'timestamp with time zone': 'timestamptz',
          };
          const mapped = metadata.columns.map((column) => {
            const type = typeof column.type === 'string' ? column.type : column.type.name.toLowerCase();
            return {
              name: column.databaseName,
              type: `${column.isArray ? '_' : ''}${types[type] ?? type}`,
              nullable: column.isNullable ? 'YES' : 'NO',
            };
          });
          const names = new Set(mapped.map((column) => column.name));
          const columns = found
            .filter((column) => names.has(column.name))
            .map(({ name: column, type, nullable }) => ({ name: column, type, nullable }));
          // Bookkeeping beside the aggregate, such as the next attempt, must not be in the way of an insert.
          expect(found.filter((column) => !names.has(column.name) && !column.filled)).toEqual([]);
          expect({ table: metadata.tableName, columns }).toEqual({
            table: metadata.tableName,
            columns: mapped.sort((a, b) => (a.name < b.name ? -1 : 1)),
          });
        }
      } finally {
        await source.destroy();
      }
    },
  );

  test('migrating again finds nothing to do', async () => {
    for (const definition of definitions)
      expect(await migrateDatabase(definition, database[definition.name].migrate)).toEqual([]);
  });

  test('a service reaches no table of another', async () => {
    for (const { name } of definitions) {
      for (const other of definitions.filter((definition) => definition.name !== name)) {
        await expect(query(database[name].app, `select 1 from ${other.name}.outbox`)).rejects.toThrow(
          /permission denied/,
        );
        await expect(query(database[name].migrate, `select 1 from ${other.name}.outbox`)).rejects.toThrow(
          /permission denied/,
        );
      }
    }
  });

  test('a service neither creates, alters nor drops', async () => {
    for (const { name } of definitions) {
      for (const statement of [
        'create table mine (id int)',
        'alter table outbox add column x int',
        'drop table inbox',
        'truncate outbox',
        'create schema mine',
      ]) {
        await expect(query(database[name].app, statement)).rejects.toThrow(/permission denied|must be owner/);
      }
    }
  });

  test('a service cannot change what the access log says, nor how long it is kept', async () => {
    for (const { name } of definitions) {
      const { app } = database[name];
      // Grants are given anew whenever the deployment is put in order.
      for (const statement of [
        `update access_log set actor = 'x'`,
        'delete from access_log',
        'truncate access_log',
        `insert into access_log_term values (current_date, 24, 60, 'x')`,
        'update access_log_term set kept_months = 24',
        `insert into access_log_start values (0, 1, '')`,
      ])
        await expect(query(app, statement)).rejects.toThrow(/permission denied/);
      // Nor can the owner without more ado.
      await expect(query(database[name].migrate, 'delete from access_log')).rejects.toThrow(/append-only/);
    }
  });

  test('an operator who may only read sees the state of events and chains, and nothing about people', async () => {
    for (const { name } of definitions) {
      const { read } = database[name];
      const seen = await query<{ column: string }>(
        read,
        `select table_schema || '.' || table_name || '.' || column_name as column from information_schema.columns
         where table_schema not in ('pg_catalog', 'information_schema') order by 1`,
      );
      expect(seen.length).toBeGreaterThan(40);
      expect(seen.filter(({ column }) => !column.startsWith(`${name}_operations.`))).toEqual([]);
      expect(
        seen.filter(({ column }) => /person|body|error|event$|actor|account|result|key|resol.*by/.test(column)),
      ).toEqual([]);
      expect(await query(read, 'select count(*) from events')).toHaveLength(1);
      expect(await query(read, 'select * from access_log_ends')).toHaveLength(16);
    }
  });

  test('an operator who may only read writes nothing and reaches no table, of whatever service', async () => {
    for (const { name } of definitions) {
      const { read } = database[name];
      for (const table of ['outbox', 'person_key', 'access_log', 'idempotency_key', 'dead_letter'])
        await expect(query(read, `select * from ${name}.${table}`)).rejects.toThrow(/permission denied/);
      for (const statement of [
        `begin read write; delete from relay`,
        `begin read write; update access_log_terms set kept_months = 24`,
        `begin read write; create table ${name}_operations.mine (id int)`,
        `select ${name}.outbox_maintain(30)`,
        `select ${name}.access_log_shorten()`,
        `set role ${name}_app${role.suffix}`,
      ])
        await expect(query(read, statement)).rejects.toThrow(/permission denied/);
      for (const other of definitions.filter((definition) => definition.name !== name))
        await expect(query(read, `select * from ${other.name}_operations.events`)).rejects.toThrow(/permission denied/);
    }
  });

  test('the script for ops teams says the same, and may be run at any time', async () => {
    const asked = rolesScript(mark, role.suffix);
    const rights = `select coalesce(json_agg(acl order by acl), '[]') as acl from (
      select n.nspname || '.' || c.relname || ' ' || coalesce(c.relacl::text, '') as acl from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname ~ '^(catalogue|cases|providers|notifications)') found`;
    const inDatabase = new URL(admin);
    inDatabase.pathname = `/${mark}`;
    const before = await query(inDatabase.href, rights);
    await query(inDatabase.href, asked);
    await query(inDatabase.href, asked);
    expect(await query(inDatabase.href, rights)).toEqual(before);
    expect(asked).not.toMatch(/password '/);
  });

  test('the outbox has a partition for today and for the days ahead, and old ones go whole', async () => {
    const { app, migrate } = database.cases;
    const partitions = (): Promise<{ relname: string }[]> =>
      query(
        migrate,
        `select relname from pg_class where relname ~ '^outbox_\\d{8}$' and relnamespace = 'cases'::regnamespace order by 1`,
      );
    expect(await partitions()).toHaveLength(4);
    await query(
      migrate,
      `create table outbox_20200101 partition of outbox for values from ('2020-01-01') to ('2020-01-02')`,
    );
    await query(app, 'select outbox_maintain(30)');
    expect(await partitions()).toHaveLength(4);
    await query(
      migrate,
      `create table outbox_20200101 partition of outbox for values from ('2020-01-01') to ('2020-01-02')`,
    );
    await query(
      migrate,
      `insert into outbox (id, created_at, aggregate_type, aggregate_id, sequence, subject, event) values (gen_random_uuid(), '2020-01-01T10:00:00Z', 'x', gen_random_uuid(), 1, 'x', '{}')`,
    );
    await query(app, 'select outbox_maintain(30)');
    expect(await partitions()).toHaveLength(5);
    await query(migrate, 'update outbox_relay set low = 1000000');
    await query(app, 'select outbox_maintain(30)');
    expect(await partitions()).toHaveLength(4);
  });
});
