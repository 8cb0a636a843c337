import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { catalogueService } from '@okienko/catalogue/service';
import { migrateDatabase } from '@okienko/chassis/migrate-service';
import type { Closing } from '@okienko/local/closing';
import { createServiceDatabase, dropServiceDatabase, type ServiceAccess } from '@okienko/local/databases';
import { temporaryHome } from '@okienko/local/paths';
import { freePort } from '@okienko/local/ports';
import { startPostgres } from '@okienko/local/postgres';
import { Supervisor } from '@okienko/local/supervise';
import { Client } from 'pg';
import { statements } from '../world';
import { rivalTables } from './rivals';

/** A PostgreSQL of the benchmark's own, and catalogues in it. */
export interface World {
  readonly postgres: string;
  /** Whether the server has the extension `pg_trgm`; ours needs none. */
  readonly hasTrigrams: boolean;
  /** An empty catalogue in a database of its own, with the tables of the rivals beside it. */
  catalogue(): Promise<ServiceAccess>;
}

export async function prepareWorld(closing: Closing, say: (sentence: string) => void): Promise<World> {
  const home = temporaryHome();
  closing.add(() => rmSync(home, { recursive: true, force: true }));
  const supervisor = new Supervisor(home, say);
  const given = process.env['DATABASE_URL'];
  const settings = { max_wal_size: '8GB', shared_buffers: '1GB' };
  const postgres = await startPostgres({ home, supervisor, say, settings, port: given ? 0 : await freePort() });
  closing.add(() => postgres.stop());
  const hasTrigrams = await canTrigrams(postgres.url);
  say(`  ${postgres.source}, ${postgres.version}${hasTrigrams ? '' : '; it has no pg_trgm, so trigrams are left out'}`);
  return {
    postgres: postgres.version,
    hasTrigrams,
    catalogue: async () => {
      const name = `bench_${randomBytes(4).toString('hex')}`;
      closing.add(() => dropServiceDatabase(postgres.url, name, { suffix: `_${name}` }));
      const { catalogue } = await createServiceDatabase(postgres.url, name, { suffix: `_${name}` });
      await migrateDatabase(catalogueService, catalogue.migrate);
      const database = new URL(postgres.url);
      database.pathname = `/${name}`;
      if (hasTrigrams) await statements(database.href, 'create extension pg_trgm schema catalogue');
      await statements(catalogue.migrate, ...rivalTables);
      return catalogue;
    },
  };
}

async function canTrigrams(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select from pg_available_extensions where name = 'pg_trgm'`);
    return rowCount === 1;
  } finally {
    await client.end();
  }
}
