import { DataSource, type EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { namedPg } from './named-pg';

export interface DatabaseSettings {
  readonly url: string;
  readonly mappings: readonly EntitySchema[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  readonly poolSize?: number;
  /** Milliseconds that a statement waits for a lock, if not for ever. */
  readonly lockTimeout?: number;
  /** Where unqualified names lead, if not to the role's own schema. */
  readonly schema?: string;
  readonly name: string;
}

interface Pool {
  connect(): Promise<{
    query(text: string, values: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null; command: string }>;
    release(): void;
  }>;
}

/** A single statement goes to the pool at once: a query runner of its own, with its events, took an eighth of an offer's processor time. */
class DirectDataSource extends DataSource {
  override async query<T>(text: string, values?: unknown[], runner?: QueryRunner): Promise<T> {
    if (runner || values === undefined) return super.query<T>(text, values, runner);
    const client = await ((this.driver as PostgresDriver).master as Pool).connect();
    try {
      const { rows, rowCount, command } = await client.query(text, values);
      return (command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows) as T;
    } finally {
      client.release();
    }
  }
}

/** TypeORM over named prepared statements. The schema is the role's `search_path`; nothing is ever synchronised from the mappings. */
export const dataSource = ({
  url,
  mappings,
  migrations,
  poolSize = 10,
  lockTimeout = 0,
  schema,
  name,
}: DatabaseSettings): DataSource =>
  new DirectDataSource({
    type: 'postgres',
    url,
    driver: namedPg,
    entities: [...mappings],
    migrations: [...migrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize,
    applicationName: `okienko ${name}`,
    logging: false,
    extra: {
      statement_timeout: 30_000,
      lock_timeout: lockTimeout,
      idle_in_transaction_session_timeout: 60_000,
      connectionTimeoutMillis: 5_000,
      ...(schema === undefined ? {} : { options: `-c search_path=${schema}` }),
    },
  });
