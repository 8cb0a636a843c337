/**
 * A column that holds what a person's key has sealed. Each service lists its own, so that a key can be rotated; a test compares the
 * list with the tables. SQL speaks of the row as `t`.
 */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  /** Columns of the primary key, by which the table is gone through, with their types. */
  readonly key: Readonly<Record<string, string>>;
  /** Whose key. */
  readonly owner: string;
  /** The id of the row as it was sealed for. */
  readonly rowId: string;
  /** Where it was sealed for, if it has been moved since. */
  readonly sealedFor: { readonly table: string; readonly column: string };
}

type Differences = Partial<Pick<SealedPlace, 'key' | 'owner' | 'rowId' | 'sealedFor'>>;

/** Columns of a table: usually of rows with an `id`, sealed for where they are, for the person named by `person_id`. */
export const sealedIn = (table: string, columns: readonly string[], differences: Differences = {}): SealedPlace[] =>
  columns.map((column) => ({
    table,
    column,
    key: { id: 'uuid' },
    owner: 't.person_id',
    rowId: 't.id::text',
    sealedFor: { table, column },
    ...differences,
  }));
