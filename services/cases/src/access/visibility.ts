import type { Principal, Role } from '@okienko/chassis/access';
import type { Condition } from './conditions';
import { sightOf } from './sight';

const answerForAll: readonly Role[] = ['director', 'services-organiser', 'auditor'];
const seesAll = (caller: Principal): boolean => caller.roles.some((role) => answerForAll.includes(role));

/** The unit of the centre that the caller works in; small centres have one. */
export const unitOf = (caller: Principal): string => caller.unit ?? 'main';

/** A row of the caller's unit, of a person whose matters the caller has opened, or any for those who answer for the whole centre. */
export const maySee = (caller: Principal, row: { readonly unit: string; readonly personId?: string }): boolean =>
  seesAll(caller) ||
  row.unit === unitOf(caller) ||
  (row.personId !== undefined && (sightOf(caller)?.persons.includes(row.personId) ?? false));

/** The same rule as `maySee`, for the SQL of get and list; `theirs` tells whose a row is, null where it is nobody's. */
export function visibleTo(caller: Principal, theirs: string | null = 'person_id = any(?::uuid[])'): Condition[] {
  if (seesAll(caller)) return [];
  const sight = sightOf(caller);
  if (!sight || theirs === null) return [{ sql: 'unit = ?', values: [unitOf(caller)] }];
  return [{ sql: `(unit = ? or ${theirs})`, values: [unitOf(caller), sight.persons] }];
}
