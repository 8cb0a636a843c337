import type { Principal } from '@okienko/chassis/access';
import { ownOnly } from './provider-account';

/** SQL with `?` for its one value, or nothing when the condition does not apply. */
export type Condition = readonly [sql: string, value: unknown] | undefined;

export const equal = (column: string, value: unknown): Condition =>
  value === undefined ? undefined : [`${column} = ?`, value];

/** Which rows a caller may see. Get and list both ask this, so that a list never shows more than a get. */
export const visibleTo = (caller: Principal, providerColumn: string): Condition =>
  equal(providerColumn, ownOnly(caller));

/** Only conditions that apply enter the text: each combination is a statement of its own and finds its own index. */
export function where(conditions: readonly Condition[]): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const parts: string[] = [];
  for (const condition of conditions) {
    if (!condition) continue;
    values.push(condition[1]);
    parts.push(condition[0].replace('?', `$${values.length}`));
  }
  return { text: parts.length === 0 ? '' : `where ${parts.join(' and ')}`, values };
}
