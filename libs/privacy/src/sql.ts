/**
 * The little of a database that this library needs: TypeORM's `EntityManager` fits as it is. Statements name their tables
 * without a schema, so the connection's `search_path` must be the service's.
 */
export interface Sql {
  query<T>(text: string, values: unknown[]): Promise<T[]>;
}
