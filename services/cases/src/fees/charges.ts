import type { Day } from '@okienko/contracts/calendar';
import { type Instalment, type Span, totalOf } from './instalments';

export const chargeStates = [
  'ASSESSED',
  'PAID',
  'OVERDUE',
  'DECISION_ISSUED',
  'ENFORCED',
  'WAIVED',
  'CREDITED',
] as const;
export type ChargeState = (typeof chargeStates)[number];

/** One instalment as it was charged. Its amount stays; what changes it is beside it. */
export interface Charge extends Instalment {
  readonly id: string;
  readonly dueOn: Day;
  readonly state: ChargeState;
  /** Taken back because the facts were other ones, or the right to the service ended earlier. */
  readonly credited: number;
  readonly waived: number;
  readonly paid: number;
  readonly decisionId?: string;
}

/** All charges of a fee, with what has been paid and has found no charge yet. */
export interface Ledger {
  readonly charges: readonly Charge[];
  readonly surplus: number;
}

export const openOf = ({ grosze, credited, waived, paid }: Charge): number => grosze - credited - waived - paid;
export const openIn = (charges: readonly Charge[]): number =>
  totalOf(charges.map((charge) => ({ grosze: openOf(charge) })));

/** Once nothing is open, the state says how it came to be so. */
export function settled(charge: Charge): Charge {
  if (openOf(charge) > 0) return charge;
  const state = charge.grosze === charge.credited ? 'CREDITED' : charge.waived > 0 ? 'WAIVED' : 'PAID';
  return { ...charge, state };
}

/** What is left over pays the charge that is due first, then the next (Civil Code, art. 451 § 3). What is paid stays paid. */
export function pour({ charges, surplus }: Ledger): Ledger {
  let left = surplus;
  const paid = new Map<string, Charge>();
  for (const charge of [...charges].sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1))) {
    const share = Math.min(left, openOf(charge));
    if (share === 0) continue;
    left -= share;
    paid.set(charge.id, settled({ ...charge, paid: charge.paid + share }));
  }
  return { charges: charges.map((charge) => paid.get(charge.id) ?? charge), surplus: left };
}

/** Makes a charge out of what is to be paid in addition. */
export type NewCharge = (instalment: Instalment) => Charge;

/**
 * Brings the charges to what is due: the difference of each window is charged in addition, or credited. Charges of windows that are due no
 * longer are credited wholly.
 */
export function correct(ledger: Ledger, due: readonly Instalment[], newCharge: NewCharge): Ledger {
  const dueFrom = new Map(due.map((instalment) => [instalment.from, instalment]));
  const gone = ledger.charges.filter(({ from }) => !dueFrom.has(from));
  const targets = [...due, ...gone.map(({ from, to }) => ({ from, to, grosze: 0 }))];
  return pour(targets.reduce((before, target) => correctWindow(before, target, newCharge), ledger));
}

function correctWindow(ledger: Ledger, target: Instalment, newCharge: NewCharge): Ledger {
  const booked = ledger.charges.filter(({ from }) => from === target.from);
  const missing = target.grosze - totalOf(booked.map(({ grosze, credited }) => ({ grosze: grosze - credited })));
  if (missing > 0) return { ...ledger, charges: [...ledger.charges, newCharge(addition(target, booked, missing))] };
  return missing < 0 ? credit(ledger, target, -missing) : ledger;
}

/** Units are told once: those that no earlier charge of the window has counted. */
function addition(target: Instalment, booked: readonly Charge[], grosze: number): Instalment {
  const { quantity, ...window } = target;
  if (quantity === undefined) return { ...window, grosze };
  const counted = booked.reduce((sum, charge) => sum + (charge.quantity ?? 0), 0);
  return { ...window, grosze, quantity: Math.max(quantity - counted, 0) };
}

/** Takes back the latest charge of a window first. What had been paid for it is left over. */
function credit({ charges, surplus }: Ledger, { from }: Span, amount: number): Ledger {
  let left = amount;
  let over = surplus;
  const changed = new Map<string, Charge>();
  for (const charge of charges.filter((one) => one.from === from).reverse()) {
    const share = Math.min(left, charge.grosze - charge.credited);
    if (share === 0) continue;
    left -= share;
    const credited = charge.credited + share;
    const paid = Math.min(charge.paid, charge.grosze - credited);
    const waived = Math.min(charge.waived, charge.grosze - credited - paid);
    over += charge.paid - paid;
    changed.set(charge.id, settled({ ...charge, credited, paid, waived }));
  }
  return { charges: charges.map((charge) => changed.get(charge.id) ?? charge), surplus: over };
}
