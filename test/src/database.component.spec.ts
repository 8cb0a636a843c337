import { randomBytes } from 'node:crypto';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
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
