/** A calendar day, `YYYY-MM-DD`, as offices count them. */
export type Day = string;

const warsaw = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Warsaw',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

// Every request asks, and a day begins with a minute: formatting costs many times as much as looking.
let last = { minute: NaN, day: '' };

/** The day it is in Poland at that moment. Statutory terms are counted in days of the place, not in UTC. */
export function dayOf(moment: Date): Day {
  const minute = Math.floor(moment.getTime() / 60_000);
  if (minute !== last.minute) last = { minute, day: warsaw.format(moment) };
  return last.day;
}

export function addDays(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The last day of a period of so many years that begins on `day`: one year from 1 March ends on the last of February. */
export function lastDayOfYears(day: Day, years: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return addDays(date.toISOString().slice(0, 10), -1);
}

/**
 * The day that lies so many months ahead; where that month is too short for it, its last day (Civil Code, art. 112).
 */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  last.setUTCDate(Math.min(date, last.getUTCDate()));
  return last.toISOString().slice(0, 10);
}

/** Completed years of somebody born on `birth`; who was born on 29 February turns on the 28th in other years (Civil Code, art. 112). */
export function ageOn(birth: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return addMonths(birth, years * 12) <= day ? years : years - 1;
}

/** The edition of a law that counts on a day; `history` has the newest first, and a day before all of them counts under the oldest. */
export function editionOn<T extends { readonly validFrom: Day }>(history: readonly [...T[], T], day: Day): T {
  return history.find(({ validFrom }) => validFrom <= day) ?? (history.at(-1) as T);
}

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && addDaysSafely(text) === text;

function addDaysSafely(text: string): string | undefined {
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
}
