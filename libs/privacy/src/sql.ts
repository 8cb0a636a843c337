/**
 * The little of a database that this library needs: TypeORM's `EntityManager` fits as it is. Statements name their tables
 * without a schema, so the connection's `search_path` must be the service's.
 */
export interface Sql {
  query<T>(text: string, values: unknown[]): Promise<T[]>;
  /** The same when nothing of its answer is of interest: it costs no round trip, and should it fail, so does the transaction. */
  send?(text: string, values: unknown[]): void;
}
