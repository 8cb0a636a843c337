import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';

/** A calendar month, said by its first day. */
export type Month = Day;

export const monthOf = (day: Day): Month => `${day.slice(0, 7)}-01`;
export const nextMonth = (month: Month): Month => addMonths(month, 1);
export const lastDayOf = (month: Month): Day => addDays(nextMonth(month), -1);
export const daysIn = (month: Month): number => Number(lastDayOf(month).slice(8));

/** All months from one to another. */
export function monthsFrom(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month);
  return months;
}
