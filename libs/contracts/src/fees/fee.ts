import type { Day } from '../calendar';
import { periods } from '../criteria/criteria';

/**
 * What a programme asks for a service (art. 5(3)(7)), as data: the catalogue explains it, and `cases` can set the fee by it (art. 42(1)).
 * The shape of a fee is in `schema.ts`, the terms of each rule in `rules.ts`.
 */
export const feeRules = ['FREE', 'FLAT', 'PER_UNIT', 'TABLE_BY_INCOME', 'OWN_COSTS_ONLY'] as const;
export type FeeRule = (typeof feeRules)[number];

/** What a flat fee is paid for: once, or each calendar period. */
export const flatPeriods = ['ONCE', ...periods] as const;
export type FlatPeriod = (typeof flatPeriods)[number];

/** How a table measures income per person: in percent of the criterion of the Social Assistance Act, or in grosze. */
export const incomeBases = ['CRITERION_PERCENT', 'GROSZE'] as const;

/** So that a price, times a percentage or a quantity in hundredths, stays an exact integer. Grosze: 100,000 PLN for one unit. */
export const mostGrosze = 10_000_000;

/** Grosze of income per person, or percent of the criterion. */
export const mostIncome = 100_000_000;

export const mostTables = 20;
export const mostRows = 50;
export const mostReliefs = 30;

/** A table counts from its day until the next one does. */
export function tableOn<T extends { readonly validFrom: Day }>(tables: readonly T[], day: Day): T | undefined {
  return tables.findLast(({ validFrom }) => validFrom <= day);
}
