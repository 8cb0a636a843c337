import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';

/** A year `2026`, half-year `2026-H1`, quarter `2026-Q3` or month `2026-09`. */
export type Period = string;
export const periodShape = /^20\d{2}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$/;
export const halfYearShape = /^20\d{2}-H[12]$/;

/** Its first and last day. */
export function daysOf(period: Period): { readonly from: Day; readonly to: Day } {
  const [year = '', part = 'Y1'] = period.split('-');
  const months = { Y: 12, H: 6, Q: 3 }[part.charAt(0)] ?? 1;
  const number = Number(part.replace(/^[YHQ]/, ''));
  const from = `${year}-${String((number - 1) * months + 1).padStart(2, '0')}-01`;
  return { from, to: addDays(addMonths(from, months), -1) };
}

/** The last half-year that is over on that day. */
export function halfYearBefore(day: Day): Period {
  const year = Number(day.slice(0, 4));
  return day.slice(5) < '07-01' ? `${year - 1}-H2` : `${year}-H1`;
}
