import type { Day } from '@okienko/contracts/calendar';
import type { Agreement, Ending } from '../plans/plan-acts';
import type { UnitOfMeasure } from '../plans/plan-content';

const long = new Intl.DateTimeFormat('pl-PL', { dateStyle: 'long', timeZone: 'UTC' });

/** 120,50 */
export const amountInWords = (grosze: number): string => {
  const cents = String(grosze % 100).padStart(2, '0');
  return `${(grosze - (grosze % 100)) / 100},${cents}`;
};

/** 5 marca 2026 r. */
export const dayInWords = (day: Day): string => `${long.format(new Date(`${day}T00:00:00Z`))} r.`;

const units: Readonly<Record<UnitOfMeasure, string>> = {
  HOUR: 'liczba godzin',
  RIDE: 'liczba przejazdów',
  DAY: 'liczba dni',
  PLACE: 'liczba miejsc',
  VISIT: 'liczba wizyt',
  ITEM: 'liczba sztuk',
  FLAT_SUM: 'liczba ryczałtów',
};
export const quantityInWords = (quantity: number, unit: UnitOfMeasure): string => `${units[unit]}: ${quantity}`;

export const mannersInWords: Readonly<Record<Agreement['manner'], string>> = {
  SIGNATURE: 'podpis',
  ORAL_NOTE: 'ustnie, z notatką',
  ELECTRONIC: 'elektronicznie',
};

export const endingsInWords: Readonly<Record<Ending['reason'], string>> = {
  PERIOD_OVER: 'upłynął okres planu',
  ITEMS_CLOSED: 'wszystkie usługi zostały zakończone',
  RESIGNATION: 'rezygnacja',
  DEATH: 'śmierć',
  LEFT_GMINA: 'wyprowadzka z gminy',
};
