import { addDays, type Day } from '@okienko/contracts/calendar';
import type { Fault } from '@okienko/contracts/domain-error';
import { agreementPricesSetV1 } from '@okienko/contracts/providers/agreement-prices-set.v1';

export const units = agreementPricesSetV1.properties.prices.items.properties.unit.enum;
export type Unit = (typeof units)[number];

/** A service that an agreement is about. */
export interface AgreementService {
  readonly offerId: string;
  readonly unit: Unit;
  readonly ceilingQuantity: number | null;
  /** Its first day, where an amendment has added it. */
  readonly from: Day | null;
}

export interface NewService {
  readonly offerId: string;
  readonly unit: Unit;
  readonly ceilingQuantity?: number;
}

export const newService = (
  { offerId, unit, ceilingQuantity }: NewService,
  from: Day | null = null,
): AgreementService => ({
  offerId,
  unit,
  ceilingQuantity: ceilingQuantity ?? null,
  from,
});

/** What a unit costs on the days from `from` to `to`, both among them; without `to`, until the agreement ends. */
export interface Price {
  readonly offerId: string;
  readonly unit: Unit;
  readonly priceGrosze: number;
  readonly from: Day;
  readonly to: Day | null;
}

export interface NewPrice {
  readonly offerId: string;
  readonly priceGrosze: number;
  readonly from: Day;
  readonly to?: Day;
}

/** Services and prices of an agreement. They have tables of their own: orders find their agreement by them, settlements their price. */
export interface Parts {
  readonly services: readonly AgreementService[];
  readonly prices: readonly Price[];
}

/** A list of prices in the units of their services. */
export const priceList = (services: readonly AgreementService[], prices: readonly NewPrice[]): Price[] =>
  inOrder(
    prices.map(({ offerId, priceGrosze, from, to = null }) => {
      const unit = services.find((service) => service.offerId === offerId)?.unit ?? 'HOUR';
      return { offerId, unit, priceGrosze, from, to };
    }),
  );

const inOrder = (prices: readonly Price[]): Price[] =>
  [...prices].sort((a, b) => compare(a.offerId, b.offerId) || compare(a.from, b.from));
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** From a day on other prices count for the offers that they name; what counted before that day stays. */
export function repriced(before: readonly Price[], from: Day, prices: readonly Price[]): Price[] {
  const named = new Set(prices.map(({ offerId }) => offerId));
  const kept = before.flatMap((price) => {
    if (!named.has(price.offerId)) return [price];
    if (price.from >= from) return [];
    return [price.to === null || price.to >= from ? { ...price, to: addDays(from, -1) } : price];
  });
  return inOrder([...kept, ...prices]);
}

/**
 * What is wrong with a price list for a period: a price of no service, days with two prices, and days of a priced service without any.
 * A flat sum needs no price, and where prices are not needed a service may have none.
 */
export function priceFaults({ services, prices }: Parts, from: Day, to: Day, areNeeded: boolean): Fault[] {
  const foreign = prices
    .filter(({ offerId }) => !services.some((service) => service.offerId === offerId))
    .map(({ offerId }) => ({ pointer: '/prices', detail: `${offerId} is no service of the agreement.` }));
  const faults = services.flatMap(({ offerId, unit, from: added }) => {
    const own = prices.filter((price) => price.offerId === offerId);
    if (own.length === 0 && (unit === 'FLAT_SUM' || !areNeeded)) return [];
    return faultsOfDays(own, added ?? from, to).map((detail) => ({
      pointer: '/prices',
      detail: `${offerId}: ${detail}`,
    }));
  });
  const many = [
    ...(services.length > 50 ? [{ pointer: '/services', detail: 'An agreement is about 50 services at most.' }] : []),
    ...(prices.length > 1000 ? [{ pointer: '/prices', detail: 'An agreement has 1000 prices at most.' }] : []),
  ];
  return [...many, ...foreign, ...faults];
}

function faultsOfDays(prices: readonly Price[], from: Day, to: Day): string[] {
  const faults: string[] = [];
  let next = from;
  for (const price of prices) {
    const last = price.to ?? to;
    if (last < price.from) faults.push(`the price from ${price.from} ends before it begins.`);
    if (price.from < next)
      faults.push(`the price from ${price.from} begins before the service does, or while another one counts.`);
    if (price.from > next) faults.push(`there is no price from ${next} on.`);
    next = addDays(last, 1);
  }
  if (next <= to) faults.push(`there is no price from ${next} on.`);
  return faults;
}

export const priceOn = (prices: readonly Price[], offerId: string, day: Day): Price | undefined =>
  prices.find((price) => price.offerId === offerId && price.from <= day && (price.to === null || day <= price.to));
