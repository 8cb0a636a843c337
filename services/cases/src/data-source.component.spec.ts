import { dataSource } from '@okienko/messaging/data-source';
import { mappings } from './data-source';
import { Scenario } from './scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

it('mappings and migrations agree: a mapped column is there, of that type, and nothing else is in its table', async () => {
  const source = await dataSource({
    url: scenario.service.database.migrate,
    mappings,
    migrations: [],
    poolSize: 1,
    name: 'test',
  }).initialize();
  try {
    for (const { tableName, columns } of source.entityMetadatas) {
      const rows = await source.query<{ name: string; type: string; nullable: boolean }[]>(
        `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable
         from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attname`,
        [tableName],
      );
      const mapped = columns.map(({ databaseName, type, isNullable }) => ({
        name: databaseName,
        type: spelled(String(type)),
        nullable: isNullable,
      }));
      expect({ tableName, columns: rows }).toEqual({
        tableName,
        columns: mapped.sort((one, other) => (one.name < other.name ? -1 : 1)),
      });
    }
  } finally {
    await source.destroy();
  }
});

const spellings: Readonly<Record<string, string>> = {
  int: 'integer',
  bool: 'boolean',
  timestamptz: 'timestamp with time zone',
};
const spelled = (type: string): string => spellings[type] ?? type;
