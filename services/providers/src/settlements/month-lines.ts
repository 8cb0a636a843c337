import type { Day } from '@okienko/contracts/calendar';
import { type AgreementTerms, paymentOf } from './agreement-terms';
import { daysIn, lastDayOf, type Month, monthOf, monthsFrom, nextMonth } from './month';
import { NotAGrant } from './settlement-errors';
import { type Line, lineOf } from './settlement-line';

/** What a grant was spent on. Its document stays with the settlement. */
export interface Cost {
  readonly offerId: string;
  readonly category: string;
  readonly issuedOn: Day;
  readonly grosze: number;
}

/** The months that a settlement is about: its own, and those before it that had none, as far as the agreement reaches. */
export function monthsOf({ from }: AgreementTerms, month: Month, earlier: Month | undefined): Month[] {
  const first = earlier === undefined ? monthOf(from) : nextMonth(earlier);
  return monthsFrom(first, month);
}

/** The flat sum of a month, in proportion to its days where the agreement or the price holds for a part of it only. */
export function flatSums(terms: AgreementTerms, months: readonly Month[]): Line[] {
  const prices = terms.prices.filter(({ offerId }) => paymentOf(terms, offerId) === 'FLAT_SUM');
  const lines = months.flatMap((month) =>
    prices.flatMap(({ offerId, unit, grosze, from, to }) => {
      const first = latest(month, from, terms.from);
      const last = earliest(lastDayOf(month), to ?? terms.to, terms.to);
      if (last < first) return [];
      const days = Number(last.slice(8)) - Number(first.slice(8)) + 1;
      const share = { quantity: 1, priceGrosze: grosze, part: days, whole: daysIn(month) };
      return [lineOf({ rule: 'FLAT_SUM', day: last, offerId, unit, ...share })];
    }),
  );
  return lines.sort((a, b) => (a.day === b.day ? compare(a.offerId, b.offerId) : compare(a.day, b.day)));
}

/** Costs in the order in which they were stated. */
export function costLines(terms: AgreementTerms, costs: readonly Cost[], month: Month): Line[] {
  return costs.map(({ offerId, category, issuedOn, grosze }) => {
    if (paymentOf(terms, offerId) !== 'COSTS' || issuedOn < terms.from || issuedOn > lastDayOf(month))
      throw new NotAGrant();
    return lineOf({
      rule: 'COST',
      day: issuedOn,
      offerId,
      unit: 'FLAT_SUM',
      quantity: 1,
      priceGrosze: grosze,
      category,
    });
  });
}

const latest = (...days: Day[]): Day => days.reduce((one, other) => (one < other ? other : one));
const earliest = (...days: Day[]): Day => days.reduce((one, other) => (one < other ? one : other));
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
