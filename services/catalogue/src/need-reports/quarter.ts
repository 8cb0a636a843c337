import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';

/** A quarter of the year, `2026-Q1`. */
export type Quarter = string;

/** Its first and last day. */
export function daysOf(quarter: Quarter): { readonly from: Day; readonly to: Day } {
  const [year = '', number = ''] = quarter.split('-Q');
  const from = `${year}-${String(Number(number) * 3 - 2).padStart(2, '0')}-01`;
  return { from, to: addDays(addMonths(from, 3), -1) };
}

export const quarterOf = (day: Day): Quarter => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** The last one that is over on that day. */
export const quarterBefore = (day: Day): Quarter => quarterOf(addDays(daysOf(quarterOf(day)).from, -1));
