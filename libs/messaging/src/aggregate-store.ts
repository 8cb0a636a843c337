import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import type { EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import type { Transaction } from './transaction';

/** One row with an identity and a history. `version` is the sequence of its last event; the unit of work keeps it. */
export interface Aggregate {
  readonly id: string;
  readonly version: number;
}

/** A class whose constructor may be private: rows become instances without it, fields only. */
export type AggregateType<A extends Aggregate> = { readonly prototype: A; readonly name: string };

/** What it has to be like, by its properties, to be found at all: whoever asks for another's waits for nobody and learns nothing. */
export type Only = Readonly<Record<string, unknown>>;

interface Statements {
  readonly columns: readonly ColumnMetadata[];
  readonly select: string;
  readonly insert: string;
  readonly update: string;
}

const statements = new WeakMap<EntityMetadata, Statements>();

function statementsFor(metadata: EntityMetadata): Statements {
  const known = statements.get(metadata);
  if (known) return known;
  const columns = metadata.columns;
  const names = columns.map((column) => `"${column.databaseName}"`);
  const table = `"${metadata.tableName}"`;
  const made: Statements = {
    columns,
    select: `select ${names.join(', ')} from ${table} where "id" = $1`,
    insert: `insert into ${table} (${names.join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`,
    update: `update ${table} set ${names.map((name, i) => `${name} = $${i + 1}`).join(', ')} where "id" = $${names.length + 1}`,
  };
  statements.set(metadata, made);
  return made;
}

const metadataOf = (transaction: Transaction, type: { name: string }): EntityMetadata =>
  transaction.dataSource.getMetadata(type as never);

/** Loads for change: under the row lock, so that what is read stays true until commit. */
export async function loadLocked<A extends Aggregate>(
  transaction: Transaction,
  type: AggregateType<A>,
  id: string,
  expectedVersion?: number,
  only: Only = {},
): Promise<A> {
  const metadata = metadataOf(transaction, type);
  const { columns, select } = statementsFor(metadata);
  const asked = Object.keys(only).map(
    (property, at) => ` and "${metadata.findColumnWithPropertyName(property)?.databaseName}" = $${at + 2}`,
  );
  const [row] = await transaction.query<Record<string, unknown>>(`${select}${asked.join('')} for update`, [
    id,
    ...Object.values(only),
  ]);
  if (!row) throw notFound(metadata);
  const aggregate = Object.create(type.prototype) as A;
  for (const column of columns) {
    column.setEntityValue(
      aggregate,
      transaction.dataSource.driver.prepareHydratedValue(row[column.databaseName], column),
    );
  }
  if (expectedVersion !== undefined && aggregate.version !== expectedVersion)
    throw new StaleVersion(expectedVersion, aggregate.version);
  return aggregate;
}

/** Of one that was loaded before. */
export function assertIs(transaction: Transaction, aggregate: Aggregate, only: Only): void {
  const metadata = metadataOf(transaction, aggregate.constructor);
  const isIt = Object.entries(only).every(
    ([property, value]) => metadata.findColumnWithPropertyName(property)?.getEntityValue(aggregate) === value,
  );
  if (!isIt) throw notFound(metadata);
}

const notFound = ({ tableName }: EntityMetadata): NotFound => new NotFound(tableName.replaceAll('_', ' '));

/** Not waited for: the row is new or locked, and what a constraint refuses comes out at the commit. */
export function store(transaction: Transaction, aggregate: Aggregate, isNew: boolean): void {
  const { columns, insert, update } = statementsFor(metadataOf(transaction, aggregate.constructor));
  const values = columns.map((column) =>
    transaction.dataSource.driver.preparePersistentValue(column.getEntityValue(aggregate) ?? null, column),
  );
  // Another aggregate's write may be in the way of this one, until it has taken effect.
  transaction.release();
  transaction.hold(isNew ? insert : update, isNew ? values : [...values, aggregate.id]);
}
