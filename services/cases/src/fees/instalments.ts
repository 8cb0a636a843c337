import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';
import { flatPeriods } from '@okienko/contracts/fees/fee';

/** What one unit or period costs from a day on. The one stated last counts. */
export interface Rate {
  readonly from: Day;
  readonly grosze: number;
}

export interface Span {
  readonly from: Day;
  /** Included. */
  readonly to: Day;
}

/** Units of one delivery. */
export interface Delivered {
  readonly on: Day;
  readonly quantity: number;
}

/** What is due for one window of the calendar. */
export interface Instalment extends Span {
  readonly grosze: number;
  /** Of units, how many. */
  readonly quantity?: number;
}

/** Paid for what is delivered, and not for a time. */
export const isPerUnit = (per: string): boolean => !(flatPeriods as readonly string[]).includes(per);

/**
 * All that is due over a span: a window for each calendar month, each year of a yearly fee, or one for what is paid once. Units are due
 * when their window is over. Whatever was charged before, this is what it should come to.
 */
export function instalmentsOf(
  per: string,
  rates: readonly Rate[],
  span: Span,
  delivered: readonly Delivered[],
  today: Day,
): Instalment[] {
  const windows = windowsOf(per, span);
  if (!isPerUnit(per)) return windows.map((window) => ({ ...window, grosze: flat(per, rates, window) }));
  return windows.filter(({ to }) => to < today).map((window) => ({ ...window, ...ofUnits(rates, window, delivered) }));
}

export const totalOf = (amounts: readonly { readonly grosze: number }[]): number =>
  amounts.reduce((sum, { grosze }) => sum + grosze, 0);

/** How many days, both ends counted. */
export const daysIn = ({ from, to }: Span): number => (Date.parse(to) - Date.parse(from)) / dayInMilliseconds + 1;

const dayInMilliseconds = 24 * 60 * 60 * 1000;
const startOfMonth = (day: Day): Day => `${day.slice(0, 7)}-01`;
const startOfYear = (day: Day): Day => `${day.slice(0, 4)}-01-01`;
const earlier = (one: Day, other: Day): Day => (one < other ? one : other);

const monthOf = (day: Day): Span => ({
  from: startOfMonth(day),
  to: addDays(addMonths(startOfMonth(day), 1), -1),
});
const yearOf = (day: Day): Span => ({ from: startOfYear(day), to: addDays(addMonths(startOfYear(day), 12), -1) });

function windowsOf(per: string, { from, to }: Span): Span[] {
  if (per === 'ONCE') return from <= to ? [{ from, to }] : [];
  const windows: Span[] = [];
  for (let start = from; start <= to;) {
    const end = earlier((per === 'YEAR' ? yearOf(start) : monthOf(start)).to, to);
    windows.push({ from: start, to: end });
    start = addDays(end, 1);
  }
  return windows;
}

const rateOn = (rates: readonly Rate[], day: Day): number => rates.findLast(({ from }) => from <= day)?.grosze ?? 0;

/** Of a period that is not whole, its days: each stretch at its own rate, down to the grosz. */
function flat(per: string, rates: readonly Rate[], window: Span): number {
  if (per === 'ONCE') return rates.at(-1)?.grosze ?? 0;
  const length = lengthOf(per, window.from);
  return totalOf(
    stretchesOf(rates, window).map((stretch) => ({
      grosze: part(rateOn(rates, stretch.from), daysIn(stretch), length),
    })),
  );
}

function ofUnits(
  rates: readonly Rate[],
  { from, to }: Span,
  delivered: readonly Delivered[],
): Omit<Instalment, keyof Span> {
  const inWindow = delivered.filter(({ on }) => from <= on && on <= to);
  return {
    grosze: totalOf(inWindow.map(({ on, quantity }) => ({ grosze: quantity * rateOn(rates, on) }))),
    quantity: inWindow.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

/** The parts of a window in which nothing changes. */
function stretchesOf(rates: readonly Rate[], { from, to }: Span): Span[] {
  const starts = [from, ...rates.map((rate) => rate.from).filter((day) => from < day && day <= to)].sort();
  return [...new Set(starts)].map((start, index, all) => {
    const next = all[index + 1];
    return { from: start, to: next === undefined ? to : addDays(next, -1) };
  });
}

function lengthOf(per: string, day: Day): number {
  if (per === 'DAY') return 1;
  if (per === 'WEEK') return 7;
  return daysIn(per === 'YEAR' ? yearOf(day) : monthOf(day));
}

/** So many parts of so many of an amount, in whole numbers throughout. */
function part(grosze: number, parts: number, whole: number): number {
  const product = grosze * parts;
  return (product - (product % whole)) / whole;
}
