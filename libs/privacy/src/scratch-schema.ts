import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';

/** Where component specs find PostgreSQL; without it they are skipped. The role must be allowed to create schemas and roles. */
export const testDatabase = process.env['TEST_DATABASE_URL'];

export interface ScratchSchema {
  readonly name: string;
  readonly database: DataSource;
  drop(): Promise<void>;
}

/** A schema of its own for one spec file, so that specs sharing a database do not meet. */
export async function scratchSchema(ddl: (schema: string) => string): Promise<ScratchSchema> {
  const name = `privacy_${randomBytes(6).toString('hex')}`;
  const extra = { options: `-c search_path=${name}` };
  const database = new DataSource({ type: 'postgres', url: testDatabase ?? '', poolSize: 20, extra });
  await database.initialize();
  await database.query(`create schema ${name}`);
  await database.query(ddl(name));
  const drop = async () => {
    await database.query(`drop schema ${name} cascade`);
    await database.destroy();
  };
  return { name, database, drop };
}
