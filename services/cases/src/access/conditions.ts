/** Part of a `where`: SQL with `?` in the place of each value. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Nothing when there is no value, so that a filter left out is not in the statement and cannot spoil its plan. */
export const given = (sql: string, value: unknown): Condition[] =>
  value === undefined ? [] : [{ sql, values: [value] }];

/** Joins the conditions into one `where`, its parameters numbered from 1. */
export function where(...conditions: readonly Condition[]): { readonly sql: string; readonly values: unknown[] } {
  let parameter = 0;
  const sql = conditions.map((condition) => condition.sql.replaceAll('?', () => `$${(parameter += 1)}`)).join(' and ');
  return { sql: `where ${sql || 'true'}`, values: conditions.flatMap((condition) => condition.values) };
}
