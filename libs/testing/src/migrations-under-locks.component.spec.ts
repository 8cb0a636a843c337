import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventually } from './eventually';

const mark = `x${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';

class Later1900000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table beside (n int)');
    await runner.query('alter table busy add column more int');
  }
  async down(): Promise<void> {}
}

class Broken1900000000001 implements MigrationInterface {
  static tries = 0;
  async up(runner: QueryRunner): Promise<void> {
    Broken1900000000001.tries += 1;
    await runner.query('alter table nowhere add column more int');
  }
  async down(): Promise<void> {}
}

const definition = (...migrations: (new () => MigrationInterface)[]) => ({
  name: 'cases' as const,
  mappings: [],
  migrations,
});

describe('a migration', () => {
  let url: string;
  let holder: Client;
  let reader: Client;

  beforeAll(async () => {
    url = (await createServiceDatabase(admin, mark, role)).cases.migrate;
    holder = new Client({ connectionString: url });
    reader = new Client({ connectionString: url });
    await Promise.all([holder.connect(), reader.connect()]);
    await holder.query('create table busy (n int)');
  }, 60_000);
  afterAll(async () => {
    await Promise.all([holder.end(), reader.end()]);
    await dropServiceDatabase(admin, mark, role);
  });

  it('that cannot have its lock lets the others have theirs, and is done whole when it can', async () => {
    const queued = `select from pg_locks where not granted and relation = 'busy'::regclass`;
    await holder.query('begin');
    await holder.query('insert into busy values (1)');
    let isOver = false;
    const migrated = migrateDatabase(definition(Later1900000000000), url).finally(() => (isOver = true));
    // It stands in line, and steps out of it again, while the table is busy; nothing of it is there meanwhile.
    await eventually(async () => expect((await reader.query(queued)).rowCount).toBe(1), 10_000);
    await eventually(async () => expect((await reader.query(queued)).rowCount).toBe(0), 10_000);
    expect(isOver).toBe(false);
    expect((await reader.query(`select to_regclass('beside') as found`)).rows).toEqual([{ found: null }]);
    await holder.query('commit');
    expect(await migrated).toEqual(['Later1900000000000']);
    expect((await reader.query('select more from busy')).rowCount).toBe(1);
    expect((await reader.query('select * from beside')).rowCount).toBe(0);
  }, 60_000);

  it('that fails for another reason fails at once', async () => {
    await expect(migrateDatabase(definition(Later1900000000000, Broken1900000000001), url)).rejects.toThrow(/nowhere/);
    await pause(1_500);
    expect(Broken1900000000001.tries).toBe(1);
  });
});
