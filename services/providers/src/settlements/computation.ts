import type { AgreementTerms } from './agreement-terms';
import { ceilingLines, type Held } from './ceiling';
import { type DueDelivery, linesOf } from './delivery-lines';
import type { Month } from './month';
import { type Cost, costLines, flatSums, monthsOf } from './month-lines';
import type { Line } from './settlement-line';
import { Sums, type Totals } from './totals';

/** All that the settlement of a month follows from, whether it comes from tables or from events. */
export interface MonthFacts {
  readonly terms: AgreementTerms;
  readonly month: Month;
  /** The month of the settlement before this one. */
  readonly earlier: Month | undefined;
  /** What settlements before this one hold. */
  readonly held: readonly Held[];
  readonly costs: readonly Cost[];
  /** Deliveries until the end of the month that earlier settlements do not hold as they are now, in parts; by day, then by id. */
  readonly deliveries: AsyncIterable<readonly DueDelivery[]> | Iterable<readonly DueDelivery[]>;
}

/** Computes a month line by line. The order is fixed, so that the same facts always have the same digest. */
export async function compute(
  facts: MonthFacts,
  keep: (lines: readonly Line[]) => Promise<void> | void,
): Promise<Totals> {
  const { terms, month } = facts;
  const sums = new Sums(terms);
  const take = async (lines: readonly Line[]): Promise<void> => {
    for (const line of lines) sums.add(line);
    if (lines.length > 0) await keep(lines);
  };
  for await (const part of facts.deliveries) await take(part.flatMap((delivery) => linesOf(delivery, terms)));
  await take(flatSums(terms, monthsOf(terms, month, facts.earlier)));
  await take(costLines(terms, facts.costs, month));
  await take(ceilingLines(terms.ceilingGrosze, facts.held, sums.held, month));
  return sums.totals();
}
