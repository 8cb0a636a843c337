import { addDays, type Day } from '@okienko/contracts/calendar';
import type { AgreementTerms } from '../terms/agreement-terms';
import type { Unit } from './prices';

/** How far a ceiling is used: that of a service in its unit, or that of the whole agreement in grosze. */
export interface Use {
  /** Null for the money of the whole agreement. */
  readonly offerId: string | null;
  readonly unit: Unit | 'GROSZE';
  readonly ceiling: number | null;
  /** By orders: what is delivered of them, and what is still to be delivered. */
  readonly ordered: number;
  readonly delivered: number;
  /** Delivered in the days that make the pace. */
  readonly recent: number;
  readonly recentDeliveries: number;
  /** The least that can be ordered. */
  readonly least: number;
}

export const outcomes = ['NO_CEILING', 'EXHAUSTED', 'UNKNOWN', 'RUNS_OUT', 'LASTS'] as const;

export interface Forecast {
  readonly offerId: string | null;
  readonly unit: Unit | 'GROSZE';
  readonly ceiling: number | null;
  readonly ordered: number;
  readonly delivered: number;
  readonly usedPermille: number | null;
  readonly outcome: (typeof outcomes)[number];
  /** At the present pace of deliveries; null unless it RUNS_OUT before the agreement ends. */
  readonly runsOutOn: Day | null;
}

interface Period {
  readonly from: Day;
  readonly to: Day;
}

const daysFrom = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** The days that make the pace: the last ones, but none before the agreement. */
export const paceDays = ({ from }: Period, today: Day, terms: AgreementTerms): number =>
  Math.max(1, Math.min(terms.paceDays, daysFrom(from, today) + 1));

/** Goes on in a straight line from what was delivered in the last days. */
export function forecastOf(use: Use, period: Period, today: Day, terms: AgreementTerms): Forecast {
  const { offerId, unit, ceiling, ordered, delivered } = use;
  const usedPermille = ceiling === null ? null : ceiling === 0 ? 1000 : Math.floor((ordered / ceiling) * 1000);
  const facts = { offerId, unit, ceiling, ordered, delivered, usedPermille };
  if (ceiling === null) return { ...facts, outcome: 'NO_CEILING', runsOutOn: null };
  if (ordered + use.least > ceiling) return { ...facts, outcome: 'EXHAUSTED', runsOutOn: null };
  if (use.recentDeliveries < terms.fewestDeliveries || use.recent <= 0)
    return { ...facts, outcome: 'UNKNOWN', runsOutOn: null };
  const days = Math.ceil(((ceiling - delivered) * paceDays(period, today, terms)) / use.recent);
  return days <= daysFrom(today, period.to)
    ? { ...facts, outcome: 'RUNS_OUT', runsOutOn: addDays(today, days) }
    : { ...facts, outcome: 'LASTS', runsOutOn: null };
}
