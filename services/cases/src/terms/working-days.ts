import { addDays, type Day } from '@okienko/contracts/calendar';
import { publicHolidays } from './public-holidays';

/** Neither a Saturday nor a Sunday nor free from work by law: KPA art. 57 § 4 treats Saturdays like the others. */
export function isWorkingDay(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !publicHolidays(day.slice(0, 4)).has(day);
}

/** The day itself where it is a working one, else the first that is: so the term of a party ends (KPA art. 57 § 4). */
export function nextWorkingDay(day: Day): Day {
  let next = day;
  while (!isWorkingDay(next)) next = addDays(next, 1);
  return next;
}

/** The last of so many working days after `day`, which is not counted itself (KPA art. 57 § 1). */
export function addWorkingDays(day: Day, days: number): Day {
  let last = day;
  for (let left = days; left > 0; left -= 1) last = nextWorkingDay(addDays(last, 1));
  return last;
}
