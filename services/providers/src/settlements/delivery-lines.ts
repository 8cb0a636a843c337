import type { Day } from '@okienko/contracts/calendar';
import { type AgreementTerms, paymentOf, priceOn } from './agreement-terms';
import { type Line, lineOf, type Outcome } from './settlement-line';

/** A delivery as it stands now, and as earlier months hold it. */
export interface DueDelivery {
  readonly id: string;
  readonly offerId: string;
  readonly day: Day;
  readonly quantity: number;
  readonly unit: string;
  readonly outcome: Outcome;
  readonly accepted: boolean;
  /** The last line of it in earlier settlements that was not taken back. */
  readonly held: HeldLine | null;
}

export type HeldLine = Pick<
  Line,
  'day' | 'offerId' | 'unit' | 'quantity' | 'priceGrosze' | 'part' | 'whole' | 'grosze' | 'outcome'
> & { readonly settlementId: string };

/** What is to be paid for a delivery now; where an earlier month paid otherwise, that is taken back first. */
export function linesOf(delivery: DueDelivery, terms: AgreementTerms): Line[] {
  const { held, accepted } = delivery;
  const due = accepted ? dueLine(delivery, terms) : undefined;
  if (!held) return due ? [due] : [];
  if (due && same(held, due)) return [];
  return due ? [reversal(delivery.id, held), due] : [reversal(delivery.id, held)];
}

function dueLine({ id, offerId, day, quantity, unit, outcome }: DueDelivery, terms: AgreementTerms): Line {
  const facts = { day, offerId, unit, quantity, deliveryId: id, outcome };
  const payment = paymentOf(terms, offerId);
  const free = { ...facts, priceGrosze: 0, part: 0 };
  if (payment === 'FLAT_SUM') return lineOf({ ...free, rule: 'WITHIN_FLAT_SUM' });
  if (payment === 'COSTS') return lineOf({ ...free, rule: 'WITHIN_GRANT' });
  const priceGrosze = priceOn(terms, offerId, unit, day);
  if (priceGrosze === undefined) return lineOf({ ...free, rule: 'NO_PRICE' });
  if (outcome === 'DELIVERED') return lineOf({ ...facts, rule: 'PRICE', priceGrosze });
  if (outcome === 'CLIENT_ABSENT')
    return lineOf({ ...facts, rule: 'NO_SHOW', priceGrosze, part: terms.noShowPermille, whole: 1000 });
  return lineOf({ ...facts, rule: 'NOT_PAID', priceGrosze, part: 0 });
}

const reversal = (deliveryId: string, { settlementId, quantity, grosze, ...held }: HeldLine): Line =>
  lineOf({
    ...held,
    rule: 'REVERSAL',
    quantity: -quantity,
    grosze: -grosze || 0,
    deliveryId,
    corrects: settlementId,
  });

/** The day is of no interest where the price is the same. */
const same = (held: HeldLine, due: Line): boolean =>
  held.quantity === due.quantity &&
  held.unit === due.unit &&
  held.outcome === due.outcome &&
  held.grosze === due.grosze &&
  held.offerId === due.offerId;
