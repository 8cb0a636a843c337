import { lastDayOf, type Month } from './month';
import { type Line, lineOf } from './settlement-line';
import { apportion } from './shares';

/** What settlements hold of an offer: what was due, and what was cut off because the agreement had no more, which is below zero. */
export interface Held {
  readonly offerId: string;
  readonly due: number;
  readonly cut: number;
}

/**
 * What an agreement has beyond its ceiling is cut off the month in which it comes, from each offer in proportion to its amount of the
 * month; once the ceiling has been raised, what was cut off is paid. Nothing that earlier months hold is taken back by it.
 */
export function ceilingLines(
  ceiling: number | null,
  earlier: readonly Held[],
  now: readonly Held[],
  month: Month,
): Line[] {
  const paid = sum(earlier, ({ due, cut }) => due + cut);
  const due = sum(now, (held) => held.due);
  const over = ceiling === null ? -Infinity : paid + due - ceiling;
  const day = lastDayOf(month);
  const line = (rule: Line['rule'], offerId: string, grosze: number): Line =>
    lineOf({ rule, day, offerId, unit: 'FLAT_SUM', quantity: 0, priceGrosze: 0, grosze });
  if (over > 0) {
    const from = now.filter((held) => held.due > 0);
    const parts =
      due <= 0
        ? []
        : apportion(
            Math.min(over, due),
            from.map((held) => held.due),
          );
    return parts.flatMap((part, at) => (part === 0 ? [] : [line('ABOVE_CEILING', from[at]?.offerId ?? '', -part)]));
  }
  const cut = earlier.filter((held) => held.cut < 0);
  if (cut.length === 0) return [];
  const parts = apportion(
    Math.min(-over, -sum(cut, (held) => held.cut)),
    cut.map((held) => -held.cut),
  );
  return parts.flatMap((part, at) => (part === 0 ? [] : [line('CEILING_RAISED', cut[at]?.offerId ?? '', part)]));
}

const sum = (all: readonly Held[], of: (held: Held) => number): number =>
  all.reduce((total, held) => total + of(held), 0);
