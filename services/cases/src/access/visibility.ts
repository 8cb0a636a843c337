import type { Principal, Role } from '@okienko/chassis/access';
import type { Condition } from './conditions';

const answerForAll: readonly Role[] = ['director', 'services-organiser', 'auditor'];
const seesAll = (caller: Principal): boolean => caller.roles.some((role) => answerForAll.includes(role));

/** The unit of the centre that the caller works in; small centres have one. */
export const unitOf = (caller: Principal): string => caller.unit ?? 'main';

export const maySee = (caller: Principal, row: { readonly unit: string }): boolean =>
  seesAll(caller) || row.unit === unitOf(caller);

/** The same rule as `maySee`, for the SQL of get and list. */
export const visibleTo = (caller: Principal): Condition[] =>
  seesAll(caller) ? [] : [{ sql: 'unit = ?', values: [unitOf(caller)] }];
