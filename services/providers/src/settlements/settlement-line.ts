import type { Day } from '@okienko/contracts/calendar';
import { AmountTooLarge } from './settlement-errors';

export const outcomes = ['DELIVERED', 'CLIENT_ABSENT', 'PROVIDER_ABSENT', 'CANCELLED'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * Why a line is as it is. PRICE: the price of the day. NO_SHOW: the part of it that is paid when the person was not there. NOT_PAID: nothing
 * was delivered, for another reason. WITHIN_FLAT_SUM, WITHIN_GRANT: counted, and paid by other lines. NO_PRICE: the agreement has none for
 * the day. FLAT_SUM: of a month, or of its days in the agreement. COST: as stated under a grant. REVERSAL: what an earlier month paid is
 * taken back, because the delivery was changed since. ABOVE_CEILING: the agreement has no more; CEILING_RAISED: it has now.
 */
export const rules = [
  'PRICE',
  'NO_SHOW',
  'NOT_PAID',
  'WITHIN_FLAT_SUM',
  'WITHIN_GRANT',
  'NO_PRICE',
  'FLAT_SUM',
  'COST',
  'REVERSAL',
  'ABOVE_CEILING',
  'CEILING_RAISED',
] as const;
export type Rule = (typeof rules)[number];

/** One line: quantity × price × part / whole, and half a grosz counts up. What is taken back is below zero. */
export interface Line {
  readonly rule: Rule;
  readonly day: Day;
  readonly offerId: string;
  readonly unit: string;
  readonly quantity: number;
  readonly priceGrosze: number;
  readonly part: number;
  readonly whole: number;
  readonly grosze: number;
  readonly deliveryId: string | null;
  readonly outcome: Outcome | null;
  /** The settlement that paid what is taken back. */
  readonly corrects: string | null;
  /** What a cost was for. */
  readonly category: string | null;
}

type Explained = Pick<Line, 'rule' | 'day' | 'offerId' | 'unit' | 'quantity' | 'priceGrosze'> & Partial<Line>;

/** A line whose amount follows from the rest of it. */
export function lineOf(explained: Explained): Line {
  const { quantity, priceGrosze, part = 1, whole = 1 } = explained;
  return {
    deliveryId: null,
    outcome: null,
    corrects: null,
    category: null,
    ...explained,
    part,
    whole,
    grosze: explained.grosze ?? amountOf(quantity, priceGrosze, part, whole),
  };
}

export function amountOf(quantity: number, priceGrosze: number, part = 1, whole = 1): number {
  const doubled = 2n * BigInt(quantity) * BigInt(priceGrosze) * BigInt(part) + BigInt(whole);
  return safe(Number(doubled / (2n * BigInt(whole))));
}

/** Beyond this a number holds no whole grosze any more. */
export function safe(grosze: number): number {
  if (!Number.isSafeInteger(grosze)) throw new AmountTooLarge();
  return grosze;
}
