import { addDays, type Day } from '@okienko/contracts/calendar';
import { gregorianEaster } from 'date-easter';

/** Days free from work by law (Act of 18 January 1951, Dz.U. 2020 poz. 1920, changed by Dz.U. 2024 poz. 1965), other than all Sundays. */
const fixed: readonly { readonly day: string; readonly since?: string }[] = [
  { day: '01-01' },
  { day: '01-06', since: '2011' },
  { day: '05-01' },
  { day: '05-03' },
  { day: '08-15' },
  { day: '11-01' },
  { day: '11-11' },
  { day: '12-24', since: '2025' },
  { day: '12-25' },
  { day: '12-26' },
];
/** Days after Easter: itself, its Monday, Pentecost, Corpus Christi. */
const movable: readonly number[] = [0, 1, 49, 60];

const years = new Map<string, ReadonlySet<Day>>();

export function publicHolidays(year: string): ReadonlySet<Day> {
  let days = years.get(year);
  if (!days) {
    const { month, day } = gregorianEaster(Number(year));
    const easter = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    days = new Set([
      ...fixed.filter(({ since = '' }) => since <= year).map((holiday) => `${year}-${holiday.day}`),
      ...movable.map((after) => addDays(easter, after)),
    ]);
    years.set(year, days);
  }
  return days;
}
