import { type Charge, openIn } from './charges';
import type { Payment } from './fee';
import { totalOf } from './instalments';

/** What a balance is made of. */
export interface Accounted {
  readonly charges: readonly Charge[];
  readonly payments: readonly Payment[];
}

export interface Balance {
  readonly chargedGrosze: number;
  readonly waivedGrosze: number;
  readonly paidGrosze: number;
  readonly openGrosze: number;
  readonly overdueGrosze: number;
  readonly surplusGrosze: number;
  readonly currency: 'PLN';
}

/** open − surplus = charged − waived − paid, whatever happened in whatever order. */
export function balanceOf(fees: readonly Accounted[]): Balance {
  const charges = fees.flatMap((fee) => fee.charges);
  const sum = (amount: (charge: Charge) => number): number =>
    charges.reduce((total, charge) => total + amount(charge), 0);
  const paidGrosze = totalOf(fees.flatMap(({ payments }) => payments));
  return {
    chargedGrosze: sum(({ grosze, credited }) => grosze - credited),
    waivedGrosze: sum(({ waived }) => waived),
    paidGrosze,
    openGrosze: openIn(charges),
    overdueGrosze: openIn(charges.filter(({ state }) => isLate.includes(state))),
    surplusGrosze: paidGrosze - sum(({ paid }) => paid),
    currency: 'PLN',
  };
}

const isLate: readonly Charge['state'][] = ['OVERDUE', 'DECISION_ISSUED', 'ENFORCED'];
