import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';
import type { AllocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import { weekdayOf } from './opening-hours';

export type Unit = AllocationReferredV1['unit'];

export const quotaScopes = ['PERSON', 'PROVIDER'] as const;
export const quotaPeriods = ['DAY', 'WEEK', 'MONTH'] as const;

/** So many units in each period: of one person, such as 6 rides a month, or of the provider, such as 40 visits a day. */
export interface Quota {
  readonly per: (typeof quotaScopes)[number];
  readonly each: (typeof quotaPeriods)[number];
  readonly unit: Unit;
  readonly limit: number;
}

/** So much, on whatever days from the first to the last. */
export interface Stretch {
  readonly from: Day;
  readonly to: Day;
  readonly quantity: number;
}

/** The first day of the period that a day is in, and that of the next one. */
const periods: Record<Quota['each'], readonly [begin: (day: Day) => Day, next: (begin: Day) => Day]> = {
  DAY: [(day) => day, (day) => addDays(day, 1)],
  WEEK: [(day) => addDays(day, 1 - weekdayOf(day)), (monday) => addDays(monday, 7)],
  MONTH: [(day) => `${day.slice(0, 7)}-01`, (first) => addMonths(first, 1)],
};

/** The first and the last day of the period of a quota that a day is in. */
export function periodAround(each: Quota['each'], day: Day): { readonly first: Day; readonly last: Day } {
  const [begin, next] = periods[each];
  const first = begin(day);
  return { first, last: addDays(next(first), -1) };
}

/**
 * Is there no way to keep the quota with what is asked beside what is promised? What must be served within some days is never more than
 * the periods let through that have an open day among them (the marriage theorem): where this holds of all stretches, the days can be
 * found. What is promised keeps the quota already, so only stretches around what is asked matter.
 */
export function exceeds(
  { each, limit }: Pick<Quota, 'each' | 'limit'>,
  asked: Stretch,
  promised: readonly Stretch[],
  isOpen: (day: Day) => boolean,
): boolean {
  const [beginOf] = periods[each];
  const begins = new Set([asked, ...promised].map(({ from }) => from).filter((from) => from <= asked.from));
  return [...begins].some((begin) => {
    const within = [asked, ...promised].filter(({ from }) => from >= begin);
    const end = within.reduce((last, { to }) => (to > last ? to : last), asked.to);
    let period = '';
    let [supplied, demanded] = [0, 0];
    for (let day = begin; day <= end; day = addDays(day, 1)) {
      if (isOpen(day) && beginOf(day) !== period) {
        period = beginOf(day);
        supplied += limit;
      }
      for (const { to, quantity } of within) if (to === day) demanded += quantity;
      if (day >= asked.to && demanded > supplied) return true;
    }
    return false;
  });
}
