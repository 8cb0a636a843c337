import { setTimeout as pause } from 'node:timers/promises';
import { dataSource } from '@okienko/messaging/data-source';
import { withFiles } from './config';
import type { ServiceDefinition } from './service-definition';

/** Milliseconds. Longer, and everything that wants the table would stand in line behind a migration that waits for its lock. */
const lockTimeout = 2_000;
const attempts = 30;

/** Brings a database to the head of the service's migrations. Its own step of a deployment, under a role that may alter tables. */
export async function migrateDatabase(
  definition: Pick<ServiceDefinition, 'name' | 'mappings' | 'migrations'>,
  url: string,
): Promise<string[]> {
  const database = await dataSource({
    url,
    mappings: definition.mappings,
    migrations: definition.migrations,
    poolSize: 2,
    lockTimeout,
    name: `${definition.name} migration`,
  }).initialize();
  try {
    return (await underLocks(() => database.runMigrations())).map(({ name }) => name);
  } finally {
    await database.destroy();
  }
}

/** A lock that is not to be had is asked for again after a moment, in which others have theirs. */
async function underLocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03' || attempt === attempts) throw error;
      await pause(500 + 500 * Math.random());
    }
  }
}

/** The command: `DATABASE_URL` names the database and the migrating role. */
export async function migrateService(
  definition: Pick<ServiceDefinition, 'name' | 'mappings' | 'migrations'>,
): Promise<void> {
  const url = withFiles(process.env, new Set(['DATABASE_URL']))['DATABASE_URL'];
  if (!url) {
    process.stderr.write('Set DATABASE_URL to the database, as the role that owns the schema.\n');
    process.exit(2);
  }
  try {
    const done = await migrateDatabase(definition, url);
    process.stdout.write(`${definition.name}: ${done.length === 0 ? 'at head' : done.join(', ')}\n`);
  } catch (error) {
    process.stderr.write(`${definition.name}: migration failed: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
